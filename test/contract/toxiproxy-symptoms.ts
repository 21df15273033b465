import type { JsonObject } from '../../src/domain/json';
import { askRedis, type RedisAnswer } from './ask-redis';

/** What one kind of fault is asked for in the contract, and how somebody who only speaks Redis through the proxy tells it. */
export interface ConnectionSymptom {
  params: JsonObject;
  isFelt(port: number): Promise<boolean>;
}

const ask = (isFelt: (answer: RedisAnswer) => boolean, bytes = 4) => {
  return async (port: number) => isFelt(await askRedis(port, { bytes, withinMs: 700 }));
};

/** By kind. */
export const connectionSymptoms: Record<string, ConnectionSymptom> = {
  'toxiproxy/latency': {
    params: { delay: '150ms', jitter: '0ms', percent: 100 },
    isFelt: ask(({ outcome, tookMs }) => outcome === 'answered' && tookMs >= 145),
  },
  'toxiproxy/timeout': { params: { timeout: '0ms', percent: 100 }, isFelt: ask(({ outcome }) => outcome === 'silent') },
  'toxiproxy/reset-peer': {
    params: { timeout: '0ms', percent: 100 },
    isFelt: ask(({ outcome }) => outcome === 'reset'),
  },
  'toxiproxy/bandwidth': {
    params: { rate: '100KB/s', percent: 100 },
    isFelt: ask(({ outcome, tookMs }) => outcome === 'answered' && tookMs >= 200, 30_000),
  },
};
