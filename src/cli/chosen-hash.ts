import { CliError } from './cli-error';

/** As much of a hash as lists and stories show. */
const shownLength = 12;

/**
 * The whole hash that a person means: the one asked about when nothing or its beginning, of 12 characters at least, was
 * given, else what was given, for the experiment to judge. Errors: a beginning that is too short or goes on otherwise.
 */
export function chosenHash(attempt: string, flag: string, given: string | undefined, asked: string | undefined) {
  if (given === undefined || given === asked || asked === undefined) return given ?? asked;
  const beginning = given.slice(0, shownLength);
  if (!asked.startsWith(beginning)) return given;
  if (beginning.length === shownLength && asked.startsWith(given)) return asked;
  const why = `${flag} ${given} is not the whole hash, nor its first ${shownLength} characters or more`;
  throw new CliError(attempt, why, `The whole one that it asks about is ${asked}.`);
}
