import { z } from 'zod';
import { defineFault } from '../define-fault';
import { completeOrThrow } from '../incomplete-list';
import { isOverdue, refuseLate } from '../refuse-late';
import { refuseAll, Refused } from '../refused';
import { listMarkers, lookAt, markerPaths, moveMarker, placeMarker, removeMarker } from './markers';
import { noop, noopName } from './system';
import { surveyName } from './survey-name';

/** Puts a marker file where a fault would be: the whole life of an injection, without any harm. */
export const nothing = defineFault({
  kind: 'noop/nothing',
  summary: 'Writes a marker file and harms nothing.',
  system: noop,
  params: z.strictObject({ percent: z.number().gt(0).max(100).default(100) }),
  selector: noopName,
  capabilities: {
    expiry: 'none',
    hasFence: true,
    isReversible: true,
    countsHits: false,
    isHarmless: true,
    scope: 'one marker file per injection',
  },

  survey: ({ target, params }, tools) => surveyName(target.name, params.percent, tools),

  // Looks again, now under the lock. There is nothing to restore: where no marker is, no fault is.
  async prepare(prepared, tools) {
    for (const target of prepared.targets) {
      const { refusals } = await surveyName(noopName.parse(target.facts).name, 0, tools);
      refuseAll(`cannot prepare ${prepared.injectionId}`, refusals);
    }
    return { ...prepared, originals: {}, preparedAt: new Date(tools.now()).toISOString() };
  },

  async arm(injection, { connection, now }) {
    refuseLate(injection, now());
    await placeMarker(markerPaths(connection.directory, injection), injection);
  },

  // The rename is the fence: it needs the armed marker, which rollback destroys.
  async inject(injection, { connection, now }) {
    const { armed, active } = markerPaths(connection.directory, injection);
    refuseLate(injection, now());
    const hasMoved = (await lookAt(active, injection)) === 'nothing' && (await moveMarker(armed, active));
    if (!hasMoved && (await lookAt(active, injection)) !== 'ours')
      throw new Refused(`cannot inject ${injection.injectionId}: it is not armed any more; start another experiment`);
  },

  async status(injection, { connection, now }) {
    const { armed, active } = markerPaths(connection.directory, injection);
    const [atArmed, atActive] = [await lookAt(armed, injection), await lookAt(active, injection)];
    if (atArmed === 'foreign' || atActive === 'foreign')
      return { state: 'drifted', evidence: 'the marker is not ours' };
    if (atActive === 'nothing') return { state: atArmed === 'ours' ? 'armed' : 'absent', evidence: 'no active marker' };
    const state = isOverdue(injection, now()) ? 'overdue' : 'active';
    return { state, evidence: `marker ${active} is there` };
  },

  // In the order of a marker's life, so that one that moves meanwhile is met at its next name.
  async rollback(injection, { connection }) {
    const { arming, armed, active } = markerPaths(connection.directory, injection);
    const looks = [await lookAt(armed, injection), await lookAt(active, injection)];
    if (looks.includes('foreign'))
      return { end: 'drifted', foundActive: false, evidence: `the marker at ${active} is not ours and was left` };
    await removeMarker(arming);
    await removeMarker(armed);
    const foundActive = await removeMarker(active);
    return { end: 'absent', foundActive, evidence: `no marker of ${injection.injectionId} is left` };
  },

  async listFaults({ connection }) {
    const { faults, strangers } = await listMarkers(connection.directory);
    return completeOrThrow(
      faults,
      strangers.map((name) => `${name} in ${connection.directory} is no marker of ours and was left; look at it`),
    );
  },
});
