import type { Config } from '../../config';
import type { Check } from './check';
import { apiCheck } from './check-api';
import { environmentsCheck } from './check-environments';
import { nodeCheck, npmCheck } from './check-node';
import { portsCheck } from './check-ports';
import { sentinelCheck } from './check-sentinel';
import { stateDirCheck } from './check-state-dir';
import { storeCheck } from './check-store';
import { temporalCheck } from './check-temporal';

/** Every check of `gameday doctor`, in the order in which they are shown. */
export function createChecks(config: Config): Check[] {
  return [
    nodeCheck(),
    npmCheck(config),
    temporalCheck(config),
    stateDirCheck(config),
    storeCheck(config),
    environmentsCheck(config),
    apiCheck(config),
    sentinelCheck(config),
    portsCheck(),
  ];
}
