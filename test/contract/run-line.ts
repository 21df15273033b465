import type { ContractLine } from './contract-line';
import { contractLines } from './contract-lines';
import type { World } from './world';

/** How one line went for one driver. */
export interface LineResult {
  line: string;
  outcome: 'kept' | 'broken' | 'not asked';
  tookMs: number;
  error?: unknown;
}

/** Checks one line on a target that is reset first; never throws. */
export async function runLine(line: ContractLine, world: World): Promise<LineResult> {
  if (line.appliesTo?.(world.driver) === false) return { line: line.line, outcome: 'not asked', tookMs: 0 };
  await world.reset();
  const startedMs = performance.now();
  try {
    await line.check(world);
    return { line: line.line, outcome: 'kept', tookMs: performance.now() - startedMs };
  } catch (error) {
    return { line: line.line, outcome: 'broken', tookMs: performance.now() - startedMs, error };
  }
}

/** Checks every line, one after the other. */
export async function runContract(world: World): Promise<LineResult[]> {
  const results: LineResult[] = [];
  for (const line of contractLines) results.push(await runLine(line, world));
  return results;
}
