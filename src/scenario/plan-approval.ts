import type { Environment } from '../domain/environment';
import type { PlannedApproval } from '../domain/plan';
import { finding, type Finding } from './finding';
import type { WrittenScenario } from './scenario-shape';

const expiresInMs = 30 * 60_000;

/** Who must consent: what the scenario asks and what the environment demands, whichever is stricter. */
export function planApproval(
  asked: WrittenScenario['approval'],
  demanded: Environment['approval'],
  findings: Finding[],
): PlannedApproval | undefined {
  const from = groupsOf(asked?.from, demanded?.from);
  if (from === undefined) return undefined;
  if (from.length === 0) findings.push(foreignGroups(asked?.from ?? [], demanded?.from ?? []));
  const expires = asked?.expiresIn ?? expiresInMs;
  const remindEveryMs = asked?.remindEvery ?? Math.ceil(expires / 3);
  return {
    from,
    required: Math.max(asked?.required ?? 1, demanded?.required ?? 1),
    expiresInMs: expires,
    remindEveryMs,
  };
}

function groupsOf(asked: string[] | undefined, demanded: string[] | undefined): string[] | undefined {
  if (!asked || !demanded) return asked ?? demanded;
  return asked.filter((group) => demanded.includes(group));
}

function foreignGroups(asked: string[], demanded: string[]): Finding {
  const message = `expected a group from which the environment demands approval (${demanded.join(', ')}), found ${asked.join(', ')}`;
  return finding(['approval', 'from'], message);
}
