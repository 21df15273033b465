import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import { deploymentScale } from './kubernetes/deployment-scale';
import { podDelete } from './kubernetes/pod-delete';
import { nothing } from './noop/nothing';
import { error } from './sdk/error';
import { latency } from './sdk/latency';
import { malformed } from './sdk/malformed';
import { rateLimit } from './sdk/rate-limit';
import { bandwidth } from './toxiproxy/bandwidth';
import { latency as connectionLatency } from './toxiproxy/latency';
import { resetPeer } from './toxiproxy/reset-peer';
import { timeout } from './toxiproxy/timeout';

/** Every fault driver of this build; a new one is one file and one line here. */
export const faultDrivers: AnyFaultDriver[] = [
  nothing,
  latency,
  error,
  malformed,
  rateLimit,
  connectionLatency,
  timeout,
  resetPeer,
  bandwidth,
  podDelete,
  deploymentScale,
];
