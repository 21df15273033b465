import { join } from 'node:path';
import { deploymentScale } from '../../activities/faults/kubernetes/deployment-scale';
import { podDelete } from '../../activities/faults/kubernetes/pod-delete';
import { nothing } from '../../activities/faults/noop/nothing';
import { error } from '../../activities/faults/sdk/error';
import { latency } from '../../activities/faults/sdk/latency';
import { malformed } from '../../activities/faults/sdk/malformed';
import { rateLimit } from '../../activities/faults/sdk/rate-limit';
import { bandwidth } from '../../activities/faults/toxiproxy/bandwidth';
import { latency as connectionLatency } from '../../activities/faults/toxiproxy/latency';
import { resetPeer } from '../../activities/faults/toxiproxy/reset-peer';
import { timeout } from '../../activities/faults/toxiproxy/timeout';
import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import { openKubernetesWorld } from './kubernetes-world';
import { openNoopWorld } from './noop-world';
import type { DriverSource } from './run-in-child';
import { openSdkWorld } from './sdk-world';
import { openToxiproxyWorld } from './toxiproxy-world';
import type { World } from './world';

/** A driver and how its real target is started. */
export interface DriverWorld {
  kind: string;
  /** Whether it is checked in `npm run test:servers` alone: its target is a real server, or a fake that takes as long. */
  needsServers: boolean;
  open(): Promise<World>;
}

/** Every driver of this build on its target; a new driver is one line here. */
export const driverWorlds: DriverWorld[] = [
  on(openNoopWorld, nothing, 'noop/nothing', 'nothing'),
  on(openSdkWorld, latency, 'sdk/latency', 'latency'),
  on(openSdkWorld, error, 'sdk/error', 'error'),
  on(openSdkWorld, malformed, 'sdk/malformed', 'malformed'),
  on(openSdkWorld, rateLimit, 'sdk/rate-limit', 'rateLimit'),
  onServer(openKubernetesWorld, podDelete, 'kubernetes/pod-delete', 'podDelete'),
  onServer(openKubernetesWorld, deploymentScale, 'kubernetes/deployment-scale', 'deploymentScale'),
  onServer(openToxiproxyWorld, connectionLatency, 'toxiproxy/latency', 'latency'),
  onServer(openToxiproxyWorld, timeout, 'toxiproxy/timeout', 'timeout'),
  onServer(openToxiproxyWorld, resetPeer, 'toxiproxy/reset-peer', 'resetPeer'),
  onServer(openToxiproxyWorld, bandwidth, 'toxiproxy/bandwidth', 'bandwidth'),
];

type Open = (driver: AnyFaultDriver, source: DriverSource) => Promise<World>;

/** `file` and `exportName` say where another process finds the driver. */
function on(open: Open, driver: AnyFaultDriver, file: string, exportName: string): DriverWorld {
  const source = { modulePath: join(__dirname, '../../activities/faults', file), exportName };
  return { kind: driver.kind, needsServers: false, open: () => open(driver, source) };
}

function onServer(open: Open, driver: AnyFaultDriver, file: string, exportName: string): DriverWorld {
  return { ...on(open, driver, file, exportName), needsServers: true };
}
