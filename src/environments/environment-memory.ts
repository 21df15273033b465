import { systemsOf, type Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Json } from '../domain/json';

/** One environment: as its file was last valid, and with every connection and opt-in that earlier versions had. */
interface Known {
  lastValid: Environment;
  everything: Environment;
}

/**
 * What environments were when their files were last valid, kept as long as the process lives: a slip in a file, or its
 * removal, must not stand between a fault and its end. For whoever ends and watches faults; never for starting one.
 */
export class EnvironmentMemory {
  private readonly known = new Map<string, Known>();
  private readonly systems: Set<string>;
  private readonly lastingSystems: Set<string>;

  constructor({ faults, signals }: Catalogue) {
    const lasting = faults.filter(({ capabilities }) => capabilities.expiry === 'none');
    this.systems = new Set(systemsOf({ faults, signals }).map(({ name }) => name));
    this.lastingSystems = new Set(lasting.map(({ system }) => system.name));
  }

  /** Takes in what is valid now; forgets nothing. */
  note(environments: Environment[]): void {
    for (const lastValid of environments) {
      const before = this.known.get(lastValid.name)?.everything;
      this.known.set(lastValid.name, { lastValid, everything: withVanished(lastValid, before) });
    }
  }

  /** Every name that ever had a valid file here. */
  names(): string[] {
    return [...this.known.keys()];
  }

  /** An environment as its file said when it was last valid. */
  lastValid(name: string): Environment | undefined {
    return this.known.get(name)?.lastValid;
  }

  /** The same, with every connection of a fault's system and every opt-in that the file once had: a fault may be there. */
  forRemoval(name: string): Environment | undefined {
    return this.recall(name, this.systems);
  }

  /** All of them for a sweep. A system whose faults end by themselves is not asked any more once it left the file. */
  forSweep(): Environment[] {
    return this.names().flatMap((name) => this.recall(name, this.lastingSystems) ?? []);
  }

  private recall(name: string, systems: Set<string>): Environment | undefined {
    const known = this.known.get(name);
    if (!known) return undefined;
    const { lastValid, everything } = known;
    const wanted = Object.entries(everything.connections).filter(([system]) => systems.has(system));
    const connections = { ...Object.fromEntries(wanted), ...lastValid.connections };
    return { ...lastValid, connections, targets: everything.targets };
  }
}

function withVanished(now: Environment, before: Environment | undefined): Environment {
  if (!before) return now;
  const targets = new Map(Object.entries(before.targets));
  for (const [system, optIns] of Object.entries(now.targets))
    targets.set(system, distinct([...optIns, ...(targets.get(system) ?? [])]));
  const connections = { ...before.connections, ...now.connections };
  return { ...now, connections, targets: Object.fromEntries(targets) };
}

function distinct(items: Json[]): Json[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
