import type { Person } from './person';

/** Who holds a place in an environment's budget. */
export interface Holder {
  /** The experiment's id, or the injection's id. */
  id: string;
  experimentId: string;
  /** Present for an injection: its lock. */
  lockKey?: string;
  since: string;
}

/** A person's halt: nothing is admitted until a person resumes. */
export interface Halt {
  by: Person;
  reason: string;
  at: string;
}

/** All that an environment's workflow remembers. */
export interface EnvironmentState {
  name: string;
  halted?: Halt;
  experiments: Holder[];
  injections: Holder[];
}

/** A question for a place in the budget; asking twice with one id is the same as once. */
export interface AdmissionRequest {
  kind: 'experiment' | 'injection';
  holder: Holder;
  /** The limit that the plan took over from the environment file. */
  max: number;
}

/** The answer: admitted, or why not and who is in the way. */
export type Admission =
  { isAdmitted: true } | { isAdmitted: false; reason: string; heldBy?: Holder[]; isHalted: boolean };

/** Decides on a place without taking it; the caller adds the holder when admitted. */
export function decideAdmission(state: EnvironmentState, request: AdmissionRequest): Admission {
  if (state.halted) return { isAdmitted: false, isHalted: true, reason: haltedReason(state.name, state.halted) };
  const holders = holdersOf(state, request.kind);
  if (holders.some((holder) => holder.id === request.holder.id)) return { isAdmitted: true };
  if (holders.length < request.max) return { isAdmitted: true };
  return full(state.name, request, holders);
}

/** The holders of one kind of place. */
export function holdersOf(state: EnvironmentState, kind: AdmissionRequest['kind']): Holder[] {
  return kind === 'experiment' ? state.experiments : state.injections;
}

function full(name: string, request: AdmissionRequest, holders: Holder[]): Admission {
  const limit = request.kind === 'experiment' ? 'concurrentExperimentsMax' : 'concurrentInjectionsMax';
  const names = holders.map((holder) => holder.id).join(', ');
  const reason = `environment ${name} allows ${request.max} at a time (${limit}) and is held by ${names}`;
  return { isAdmitted: false, isHalted: false, reason, heldBy: [...holders] };
}

function haltedReason(name: string, halt: Halt): string {
  return `environment ${name} is halted since ${halt.at} by ${halt.by.name} (${halt.reason}); resume it first`;
}
