import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { RollbackResult } from '../../../src/domain/injection';
import { isLeftBehind, numbersOf, replace, replicasOf, replicasPath } from './scale-numbers';
import { ownerOf } from './tag';
import { findWorkload, untagWorkload, type WorkloadCall } from './tagged-deployment';

/** Restores the number and takes the tag off in one write, if the number is still ours; a foreign number stays as it is. */
export async function rollBackScale(call: WorkloadCall): Promise<RollbackResult> {
  const { injection } = call;
  const found = await findWorkload(call);
  if (found === undefined)
    return { end: 'gone', foundActive: false, evidence: 'the deployment does not exist any more' };
  const owner = ownerOf(found.metadata, injection);
  const has = `it wants ${replicasOf(found)} replicas`;
  if (owner === 'others')
    return { end: 'drifted', foundActive: false, evidence: `its tag is not ours and was left; ${has}` };
  if (owner === 'us') return endOurs(call, found);
  if (isLeftBehind(found, injection))
    return { end: 'drifted', foundActive: false, evidence: `somebody took our tag off; ${has}, which was left` };
  return { end: 'absent', foundActive: false, evidence: `no tag of ours is there; ${has}` };
}

async function endOurs(call: WorkloadCall, found: V1Deployment): Promise<RollbackResult> {
  const { wanted, original } = numbersOf(call.injection);
  const replicas = replicasOf(found);
  const foundActive = replicas === wanted;
  await untagWorkload(
    call,
    foundActive ? replace(wanted, original) : [{ op: 'test', path: replicasPath, value: replicas }],
  );
  if (foundActive || replicas === original)
    return { end: 'absent', foundActive, evidence: `it wants ${original} replicas as before, and our tag is gone` };
  const evidence = `somebody changed ${wanted} replicas to ${replicas}; that was left, and our tag is gone`;
  return { end: 'drifted', foundActive: false, evidence };
}
