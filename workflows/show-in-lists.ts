import { upsertSearchAttributes } from '@temporalio/workflow';
import type { ExperimentInput } from '../src/domain/progress';
import { searchAttributes } from './search-attributes';

/**
 * Shows values in Temporal's lists, in one event. What the namespace has was settled when the experiment was started:
 * asking it here would make two replays differ.
 */
export function showInLists(
  { hasSearchAttributes = true }: Pick<ExperimentInput, 'hasSearchAttributes'>,
  values: { phase: string; verdict?: string },
): void {
  if (!hasSearchAttributes) return;
  const { phase, verdict } = values;
  upsertSearchAttributes([
    { key: searchAttributes.phase, value: phase },
    ...(verdict === undefined ? [] : [{ key: searchAttributes.verdict, value: verdict }]),
  ]);
}
