import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './processes.mjs';

const WAIT_MAX_MS = 60_000;

/** Whether the address answers a GET with a success. */
export async function answersHttp(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

/** Whether a server on the loopback port answers these bytes with others. */
export function answersBytes(port, bytes) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(bytes));
    const end = (isAnswered) => resolve(isAnswered) || socket.destroy();
    socket.setTimeout(2_000, () => end(false));
    socket.once('data', () => end(true)).once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

async function lastLines(log) {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join('\n');
}

/** Waits until the server answers; throws with the end of its log when it ends or stays silent for a minute. */
export async function waitUntilReady(entry, log, isReady) {
  for (const until = Date.now() + WAIT_MAX_MS; Date.now() < until; await sleep(50)) {
    if (!(await isRunning(entry)))
      throw new Error(`it ended at once. Its log ${log} ends with:\n${await lastLines(log)}`);
    if (await isReady()) return;
  }
  throw new Error(`it did not answer within a minute. Its log ${log} ends with:\n${await lastLines(log)}`);
}
