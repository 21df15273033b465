import { failureType } from '../../src/domain/failure-type';

/** The target or a limit said no: final, not worth a retry, and an answer rather than an error. */
export class Refused extends Error {
  override readonly name = failureType.refused;
}

/** What was handed to a driver does not have the shape it asks for: final. */
export class Invalid extends Error {
  override readonly name = failureType.invalid;
}

/** Throws Refused with every sentence; does nothing when there is none. */
export function refuseAll(doing: string, refusals: string[]): void {
  if (refusals.length > 0) throw new Refused(`${doing}: ${refusals.join('; ')}`);
}
