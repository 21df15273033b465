import type { InjectionRecord } from '../../domain/evidence';
import type { Progress } from '../../domain/progress';

/** What an open experiment does now, in plain words: whom it waits for, what is in effect, what it watches. */
export function doingText({ details, question, evidence }: Progress): string {
  if (question) return `waits for ${question.approval.required} of ${question.approval.from.join(', ')}`;
  const harms = evidence.injections.filter(isInEffect).map(({ fault, lockKey, targets }) => {
    return `${fault} in effect on ${targets.join(', ') || lockKey}`;
  });
  if (harms.length > 0) return harms.join('; ');
  const [line = ''] = details.split('\n');
  return line;
}

/** Whether a fault was put in effect and has not been seen gone. */
function isInEffect({ injectedAt, end }: InjectionRecord): boolean {
  return injectedAt !== undefined && end === undefined;
}
