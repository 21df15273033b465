import { z } from 'zod';
import type { Expectation } from '../domain/expectation';
import { finding, oneOf, show, type Finding, type Path } from './finding';
import { didYouMean } from './nearest';
import { inUnit, writtenTolerance, type WrittenTolerance } from './tolerance';

/** Signals by name with the range each must lie in, as authors write them. */
export const writtenExpectations = z.record(z.string(), writtenTolerance);

/** Units of the declared signals by name; undefined for one whose own mistake is reported elsewhere. */
export type Units = ReadonlyMap<string, string | undefined>;

/** The expectations with their bounds in the signals' units. */
export function resolveExpectations(
  written: Record<string, WrittenTolerance>,
  context: { units: Units; path: Path; findings: Finding[]; mayBeRelative: boolean },
): Expectation[] {
  return Object.entries(written).flatMap(([signal, tolerance]) => {
    const path = [...context.path, signal];
    const unit = unitOf(signal, path, context);
    if (unit === undefined) return [];
    if (tolerance.bound.kind === 'baseline' && !context.mayBeRelative) {
      context.findings.push(
        finding(path, `expected a bound of its own, since no baseline is known yet, found ${show(tolerance.text)}`),
      );
      return [];
    }
    const resolved = inUnit(tolerance, unit);
    if ('tolerance' in resolved) return [{ signal, tolerance: resolved.tolerance }];
    context.findings.push(finding(path, resolved.message));
    return [];
  });
}

/** The unit of a signal, undefined when it is not known; a name that is not declared is a finding. */
export function unitOf(
  signal: string,
  path: Path,
  context: { units: Units; findings: Finding[] },
  isAboutKey = true,
): string | undefined {
  const unit = context.units.get(signal);
  if (context.units.has(signal)) return unit;
  const known = [...context.units.keys()];
  const expected = known.length === 0 ? 'a signal, but none is declared' : `a declared signal, ${oneOf(known)}`;
  const one = finding(path, `expected ${expected}, found ${show(signal)}`, didYouMean(signal, known));
  context.findings.push(isAboutKey ? { ...one, isAboutKey: true } : one);
  return undefined;
}
