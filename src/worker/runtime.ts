import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';

/** What a process decides once about the Temporal SDK. */
export interface RuntimeOptions {
  log(line: string): void;
  /** Where the SDK's own metrics are served, such as `127.0.0.1:9464`. */
  metricsAddress?: string;
  isVerbose: boolean;
}

/**
 * Configures the SDK before anything else touches it. It gets no signals: on Ctrl-C the faults are rolled back first,
 * and a worker that shut itself down at once could not do that.
 */
export function installRuntime({ log, metricsAddress, isVerbose }: RuntimeOptions): void {
  if (isInstalled) return;
  isInstalled = true;
  const core = isVerbose ? 'INFO' : 'ERROR';
  const metrics = metricsAddress === undefined ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } };
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger(isVerbose ? 'INFO' : 'WARN', (entry) => {
      if (!isExpected(entry)) log(lineOf(entry));
    }),
    telemetryOptions: {
      ...metrics,
      logging: { filter: makeTelemetryFilterString({ core, other: 'ERROR' }), forward: {} },
    },
  });
}

/** The SDK takes its configuration once per process. */
let isInstalled = false;

/** The workers at the targets have activities only, on purpose. */
function isExpected({ message }: LogEntry): boolean {
  return message.startsWith('No workflows registered');
}

function lineOf({ level, message, meta }: LogEntry): string {
  const { error } = meta ?? {};
  const why = error instanceof Error ? `: ${error.message}` : '';
  return `${level.toLowerCase()} ${message}${why}`;
}
