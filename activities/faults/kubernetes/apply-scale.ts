import { setTimeout } from 'node:timers/promises';
import { refuseLate } from '../refuse-late';
import { Refused } from '../refused';
import { againOnConflict, finalWhenRefused } from './kubernetes-failure';
import { numbersOf, replace, replicasOf } from './scale-numbers';
import { readScale } from './scale-status';
import { testTag } from './tag';
import { armWorkload, findArmed, placeOf, type WorkloadCall } from './tagged-deployment';
import { workloadOf } from './workload';

const observedWithinMs = 5_000;
const lookEveryMs = 50;

/** Tags the Deployment, originals included, in one write that holds only for the version that was read. */
export async function armScale(call: WorkloadCall): Promise<void> {
  const { original } = numbersOf(call.injection);
  await finalWhenRefused(
    againOnConflict(async () => {
      refuseLate(call.injection, call.now());
      await armWorkload(call, (found) => {
        if (replicasOf(found) !== original)
          throw new Refused(
            `cannot arm ${call.injection.injectionId}: somebody scaled its workload to ${replicasOf(found)}; start again`,
          );
      });
    }),
  );
}

/** Scales in one write that holds only while the tag is there and the number is the original one. */
export async function injectScale(call: WorkloadCall): Promise<void> {
  const { injection, client, now } = call;
  const { wanted, original } = numbersOf(injection);
  const found = await findArmed(call);
  if (replicasOf(found) !== wanted) {
    refuseLate(injection, now());
    const patch = [...testTag(injection, workloadOf(injection).workloadUid), ...replace(original, wanted)];
    await finalWhenRefused(client.patchDeployment(placeOf(workloadOf(injection)), patch));
  }
  await waitUntilObserved(call);
}

/** The controller acts within moments; one that does not shows in the status. */
async function waitUntilObserved(call: WorkloadCall): Promise<void> {
  const endMs = performance.now() + observedWithinMs;
  while (performance.now() < endMs && (await readScale(call)).state === 'partial') await setTimeout(lookEveryMs);
}
