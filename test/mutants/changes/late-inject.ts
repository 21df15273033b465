import type { Change } from '../mutant';

/** Changes after which promise 4 is not kept. */
export const lateInject: Change[] = [
  {
    name: 'the fence of the no-op holds nobody back',
    file: 'activities/faults/noop/nothing.ts',
    text: "const hasMoved = (await lookAt(active, injection)) === 'nothing' && (await moveMarker(armed, active));",
    replacement: 'await placeMarker({ arming: armed, armed: active, active }, injection); const hasMoved = true;',
  },
  {
    name: 'an application forgets what was removed',
    file: 'sdk/src/rule-book.ts',
    text: "    this.#tombstones.place({ id, reason: 'removed', endsAtMs, hits, seen }, this.now());\n",
    replacement: '    void endsAtMs;\n',
  },
  {
    name: 'an inject after notAfter is carried out',
    file: 'activities/faults/refuse-late.ts',
    text: 'if (isOverdue(injection, nowMs))',
    replacement: "if (isOverdue(injection, nowMs) && injection.injectionId === '')",
  },
];
