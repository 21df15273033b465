import { didYouMean } from '../../scenario/nearest';

/** Why an environment that was asked for is missing from those with a valid file, in one sentence; none when it is there. */
export function unknownEnvironment(asked: string | undefined, names: string[]): string[] {
  if (asked === undefined || names.includes(asked)) return [];
  const hint = didYouMean(asked, names) ?? `there are: ${names.join(', ') || 'none'}`;
  return [`no valid environment file is called ${asked}; ${hint}`];
}
