import { randomBytes } from 'node:crypto';

const nameLengthMax = 14;
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * Draws the id of a new experiment: the beginning of its plan's name and eight letters or digits that nobody else has.
 * Short enough that the ids of its injections fit into 40 characters `[a-z0-9-]`.
 */
export function makeExperimentId(planName: string): string {
  const name = planName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, nameLengthMax)
    .replace(/^-+|-+$/g, '');
  const drawn = [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${name || 'experiment'}-${drawn}`;
}
