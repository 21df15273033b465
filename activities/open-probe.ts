import { Context } from '@temporalio/activity';
import type { PlannedProbe } from '../src/domain/signal';
import type { Probe } from '../src/domain/signal-provider';
import { Invalid } from './faults/refused';
import type { Tools } from './tools';

/** Starts a planned probe with the provider of its kind; aborted with the activity. */
export async function openProbe(
  tools: Tools,
  environment: string,
  experimentId: string,
  planned: PlannedProbe,
): Promise<Probe> {
  const provider = tools.catalogue.signals.find((one) => one.kind === planned.kind);
  if (!provider) throw new Invalid(`cannot read ${planned.id}: this worker knows no signal kind ${planned.kind}`);
  const connection = (await tools.environment(environment, 'last-valid')).connection(planned.kind);
  return provider.open(planned.query, { experimentId, connection, signal: Context.current().cancellationSignal });
}
