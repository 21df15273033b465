import { delayUnlessEnded } from '../delay';
import type { FaultAttributes } from '../fault-attributes';
import type { FaultOutcome } from '../fault-outcome';
import { depthWithin } from '../json-depth';
import { monotonicNowMs } from '../monotonic-clock';
import { Refusal } from '../refusal';
import type { Rule } from '../rule';
import { settings } from '../settings';
import { holdSlot } from '../slots';
import type { EffectKind, FaultCall } from './effect-kind';

/** An effect that the application supplies; what it returns becomes the `value` of the outcome. */
export type CustomEffect = (rule: Rule, attributes: FaultAttributes | undefined) => unknown;

const valueDepthMax = 20;

/** Runs an effect that the application registered by name, for no longer than the longest delay allowed. */
export const custom: EffectKind = {
  kind: 'custom',
  keys: ['name', 'value'],

  read(fields) {
    const name = fields.text('name', 100);
    const run = findCustom(name);
    if (!depthWithin(fields.raw('value'), valueDepthMax)) {
      throw new Refusal(422, `effect.value must be nested at most ${valueDepthMax} deep`);
    }
    const value = fields.has('value') ? { value: fields.raw('value') } : {};
    return { effect: { kind: 'custom', name, ...value }, apply: (call) => applyCustom(name, run, call) };
  },
};

function findCustom(name: string): CustomEffect {
  const run = settings().custom.get(name);
  if (run !== undefined) return run;
  const known = [...settings().custom.keys()].join(', ') || 'none';
  throw new Refusal(422, `effect.name must be a custom effect of this application (${known}), found "${name}"`);
}

function applyCustom(name: string, run: CustomEffect, call: FaultCall): undefined | Promise<FaultOutcome> {
  return holdSlot(call.bounds.concurrentMax, async () => {
    const startedAtMs = monotonicNowMs();
    const limit = delayUnlessEnded(call.bounds.delayMaxMs, call.rule.ending);
    const settled = await Promise.race([settle(run, call), limit.over.then(() => undefined)]);
    limit.stop();
    if (settled === undefined) return { effect: 'latency', delayedMs: Math.round(monotonicNowMs() - startedAtMs) };
    call.hit();
    return { effect: 'custom', name, value: settled.value };
  });
}

/** The application's own effect, whose failure must not become the application's failure: it counts as no effect. */
async function settle(run: CustomEffect, call: FaultCall): Promise<{ value: unknown } | undefined> {
  try {
    return { value: await run(call.rule.show(monotonicNowMs()), call.attributes) };
  } catch {
    return undefined;
  }
}
