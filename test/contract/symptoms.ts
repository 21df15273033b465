import type { JsonObject } from '../../src/domain/json';
import type { RawAnswer } from './raw-http';

/** What one kind of fault is asked for in the contract, and how somebody who only calls the application tells it. */
export interface Symptom {
  params: JsonObject;
  /** What makes it fit the second application. */
  within: JsonObject;
  /** More than the second application's own bounds allow. */
  beyondBounds: JsonObject;
  calls: number;
  isFelt(answers: RawAnswer[]): boolean;
}

/** The second application allows half of its calls to be hit, for at most a tenth of a second. */
export const secondBounds = { percentMax: 50, delayMaxMs: 100 };

/** By kind. */
export const symptoms: Record<string, Symptom> = {
  'sdk/latency': {
    params: { delay: '150ms', jitter: '0ms', percent: 100 },
    within: { delay: '50ms', percent: 50 },
    beyondBounds: { delay: '150ms', jitter: '0ms', percent: 50 },
    calls: 3,
    isFelt: (answers) => answers.every(({ tookMs }) => tookMs >= 145),
  },
  'sdk/error': {
    params: { status: 503, exception: false, percent: 100 },
    within: { percent: 50 },
    beyondBounds: { status: 503, exception: false, percent: 80 },
    calls: 2,
    isFelt: (answers) => answers.some(({ status }) => status === 503),
  },
  'sdk/malformed': {
    params: { how: 'truncated', percent: 100 },
    within: { percent: 50 },
    beyondBounds: { how: 'truncated', percent: 80 },
    calls: 2,
    isFelt: (answers) => answers.some(({ text }) => !isJson(text)),
  },
  'sdk/rate-limit': {
    params: { rate: '1/s', percent: 100 },
    within: { percent: 50 },
    beyondBounds: { rate: '1/s', percent: 80 },
    calls: 8,
    isFelt: (answers) => answers.some(({ status }) => status === 429),
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
