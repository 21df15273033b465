import type { Evidence } from '../domain/evidence';
import type { Progress } from '../domain/progress';
import type { Api } from './api';
import { followExperiment, type FollowedEnd } from './follow-experiment';
import { openView } from './live/view';
import { stopExperiment } from './stop-experiment';
import type { ApiAccess, World } from './world';

/** How watching ended: with the experiment, or because a person left it. */
export type WatchedEnd =
  | { kind: 'ended'; end: FollowedEnd; progress?: Progress; tellRest(evidence: Evidence): void }
  | { kind: 'left'; progress?: Progress };

/** What Ctrl-C does while an experiment is watched. */
export type OnInterrupt = 'abort-then-leave' | 'leave';

/**
 * Shows an experiment until it ends; the first Ctrl-C aborts it and waits for the rollback, the second leaves, and so does
 * the signal.
 */
export async function watchToEnd(
  world: World,
  api: Api,
  id: string,
  onInterrupt: OnInterrupt,
  signal = new AbortController().signal,
): Promise<WatchedEnd> {
  const [left, view] = [new AbortController(), openView(world)];
  const leaving = AbortSignal.any([left.signal, signal]);
  let interrupts = 0;
  const forget = world.onInterrupt(() => {
    interrupts += 1;
    if (onInterrupt === 'abort-then-leave' && interrupts === 1) abort(world, api, id);
    else left.abort();
  });
  try {
    const end = await followExperiment(() => findAgain(world, api), id, view, leaving);
    const progress = view.latest();
    const told = progress ? { progress } : {};
    return leaving.aborted
      ? { kind: 'left', ...told }
      : { kind: 'ended', end, ...told, tellRest: (evidence) => view.tellRest(evidence) };
  } finally {
    forget();
    view.close();
  }
}

/** Another server may have taken over in this folder, at another address. */
async function findAgain(world: World, api: Api): Promise<ApiAccess> {
  api.access = (await world.findApi().catch(() => undefined)) ?? api.access;
  return api.access;
}

function abort(world: World, api: Api, id: string): void {
  world.output.note(`Aborting ${id} and waiting for the rollback; Ctrl-C again leaves without waiting.`);
  stopExperiment(world, id, 'Ctrl-C on the command line', api.access).catch((error: unknown) => {
    world.output.note(
      `The abort did not get through: ${error instanceof Error ? error.message : String(error)}. Ctrl-C again leaves.`,
    );
  });
}
