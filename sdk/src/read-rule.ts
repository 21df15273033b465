import { effectKinds } from './effects';
import type { PreparedEffect } from './effects/effect-kind';
import type { FaultBounds } from './fault-bounds';
import { Fields } from './fields';
import type { RuleRequest } from './live-rule';
import { Refusal } from './refusal';
import type { RuleTag } from './rule';
import { settings } from './settings';

const hourMs = 3_600_000;
const ruleKeys = ['point', 'effect', 'percent', 'leaseMs', 'remainingMs', 'tag'];
const leaseRange = { min: 1, max: hourMs, bound: 'leaseMaxMs' };

/** Checks the body of a PUT against the allow-list and the bounds; throws a Refusal 403 or 422. */
export function readRule(id: string, body: unknown): RuleRequest {
  const { points, bounds } = settings();
  const fields = new Fields(body, '');
  fields.allowOnly(ruleKeys);
  const point = fields.text('point', 200);
  if (!points.has(point)) throw new Refusal(403, `point "${point}" is not on this application's allow-list`);
  const { effect, apply } = readEffect(fields.raw('effect'), bounds);
  const percent = fields.number('percent', { min: 0.01, max: bounds.percentMax, bound: 'percentMax' });
  const remainingMs = fields.number('remainingMs', { min: 1, max: 30 * 24 * hourMs });
  const content = { id, point, effect, percent, tag: readTag(fields.raw('tag')) };
  return { content, apply, leaseMs: readLease(fields), remainingMs };
}

/** The `leaseMs` of a PUT or a renewal, in milliseconds up to an hour. */
export function readLease(fields: Fields): number {
  return fields.number('leaseMs', leaseRange);
}

function readEffect(value: unknown, bounds: FaultBounds): PreparedEffect {
  const fields = new Fields(value, 'effect');
  const word = fields.word(
    'kind',
    effectKinds.map(({ kind }) => kind),
  );
  const kind = effectKinds.find((one) => one.kind === word);
  if (kind === undefined) throw new Refusal(422, `effect.kind "${word}" is unknown`);
  fields.allowOnly(['kind', ...kind.keys]);
  return kind.read(fields, bounds);
}

function readTag(value: unknown): RuleTag {
  const fields = new Fields(value, 'tag');
  return Object.fromEntries(
    fields.entries().map(([name, text]) => {
      if (typeof text !== 'string') throw new Refusal(422, `tag.${name} must be a string`);
      return [name, text];
    }),
  );
}
