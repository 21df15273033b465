import { contractLines } from './contract-lines';
import { runLine, type LineResult } from './run-line';
import type { World } from './world';

/** Declares one test per line of the port's contract for one driver on its real target, and gathers the results. */
export function describeFaultDriver(
  kind: string,
  open: () => Promise<World>,
  results: Map<string, LineResult[]>,
): void {
  describe(`the contract of ${kind}`, () => {
    let world: World | undefined;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world?.close());

    it.each(contractLines.map((line) => [line.line, line] as const))('keeps: %s', async (_, line) => {
      if (world === undefined) throw new Error('the target could not be started');
      const result = await runLine(line, world);
      results.set(kind, [...(results.get(kind) ?? []), result]);
      if (result.outcome === 'broken') throw new Error(`the driver breaks: ${line.line}`, { cause: result.error });
      expect(['kept', 'not asked']).toContain(result.outcome);
    });
  });
}
