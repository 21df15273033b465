import { upsertSearchAttributes } from '@temporalio/workflow';
import type { ExperimentInput } from '../src/domain/progress';
import { searchAttributes } from './search-attributes';

/**
 * Shows a value in Temporal's lists. What the namespace has was settled when the experiment was started: asking it here
 * would make two replays differ.
 */
export function showInLists(
  { hasSearchAttributes = true }: Pick<ExperimentInput, 'hasSearchAttributes'>,
  name: 'phase' | 'verdict',
  value: string,
): void {
  if (hasSearchAttributes) upsertSearchAttributes([{ key: searchAttributes[name], value }]);
}
