import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { completeOrThrow } from '../incomplete-list';
import { clientFor } from './client-for';
import { injectionIn, isTagged } from './rule-tag';
import type { Rule } from './rule';
import type { SdkConnection } from './system';

interface Listed {
  faults: Injection[];
  problems: string[];
}

/** Every rule of ours of one kind at every connected service; an IncompleteList when one of them could not be asked. */
export async function listRuleFaults(kind: string, tools: DriverTools<SdkConnection>): Promise<Injection[]> {
  const services = Object.keys(tools.connection);
  const listed = await Promise.all(services.map((service) => listAt(service, kind, tools)));
  return completeOrThrow(
    listed.flatMap(({ faults }) => faults),
    listed.flatMap(({ problems }) => problems),
  );
}

async function listAt(service: string, kind: string, tools: DriverTools<SdkConnection>): Promise<Listed> {
  try {
    const rules = await clientFor(service, tools).listRules();
    return sort(service, kind, rules.filter(isTagged));
  } catch (error) {
    return { faults: [], problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function sort(service: string, kind: string, rules: Rule[]): Listed {
  const unreadable = rules.filter((rule) => injectionIn(rule) === undefined && (rule.tag.fault ?? kind) === kind);
  const problems = unreadable.map(
    ({ id }) => `rule ${id} at ${service} carries our tag but cannot be read; it ends by its lease`,
  );
  const faults = rules.flatMap((rule) => injectionIn(rule) ?? []).filter(({ fault }) => fault === kind);
  return { faults, problems };
}
