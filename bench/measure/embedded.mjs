import { createRequire } from 'node:module';
import { request } from 'node:http';
import { join } from 'node:path';
import { dismissSentinel } from './dismiss-sentinel.mjs';

const require = createRequire(import.meta.url);
const { parseConfig } = require('../../dist/src/config.js');
const { bringUp } = require('../../dist/src/embedded/bring-up.js');
const { nothing } = require('../../dist/activities/faults/noop/nothing.js');

/**
 * The embedded everything in this process, so that one clock times both ends of a way: Temporal and the sentinel are
 * processes of their own, API and workers share ours. `removals` resolves per injection when its rollback begins.
 */
export async function startEmbedded(dir) {
  const removals = watchRemovals();
  const { GAMEDAY_URL: _url, ...env } = process.env;
  const stateDir = join(dir, '.gameday');
  const config = parseConfig({ ...env, GAMEDAY_STATE_DIR: stateDir, GAMEDAY_ENVIRONMENTS: join(dir, 'environments') });
  const up = await bringUp({ config, log: () => undefined });
  const api = { ask: (method, path, body) => ask(up, method, path, body), up, removals };
  const stop = async () => {
    await up.stop();
    await dismissSentinel(dir);
  };
  return { ...api, stop };
}

/** Notes the instant at which the driver's rollback of each injection first begins, before anything else it does. */
function watchRemovals() {
  const begun = new Map();
  const waiting = new Map();
  const { rollback } = nothing;
  nothing.rollback = (injection, tools) => {
    const at = performance.now();
    if (!begun.has(injection.injectionId)) begun.set(injection.injectionId, at);
    waiting.get(injection.injectionId)?.(at);
    return rollback(injection, tools);
  };
  return {
    /** Resolves with `performance.now()` of that instant. */
    of: (injectionId) =>
      new Promise((resolve) => {
        if (begun.has(injectionId)) resolve(begun.get(injectionId));
        else waiting.set(injectionId, resolve);
      }),
  };
}

function ask({ url, token }, method, path, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(`/api/v1${path}`, url), { method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        if (response.statusCode < 400) resolve(JSON.parse(text));
        else reject(Object.assign(new Error(`${method} ${path}: ${text}`), { status: response.statusCode }));
      });
    });
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Starts an experiment and resolves with its id. */
export async function start({ ask: send }, text) {
  return (await send('POST', '/experiments', { text })).experimentId;
}

/** Asks until what an experiment tells satisfies; resolves with it. */
async function until({ ask: send }, experimentId, satisfies, everyMs = 100) {
  for (;;) {
    const told = await send('GET', `/experiments/${experimentId}`).catch(undefinedWhenBusy);
    if (told && satisfies(told)) return told;
    if (told?.verdict && !told.isOpen) throw new Error(`${experimentId} ended: ${JSON.stringify(told.verdict)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** While a whole batch starts, an experiment may not answer in time; that is asked again. */
function undefinedWhenBusy(error) {
  if (error.status !== 503) throw error;
  return undefined;
}

/** The id of the only injection, once its fault is in effect. */
export async function untilHeld(api, experimentId) {
  const isInEffect = ({ progress }) => progress?.evidence.injections[0]?.injectedAt !== undefined;
  return (await until(api, experimentId, isInEffect)).progress.evidence.injections[0].injectionId;
}

/** What is known of an experiment once it has ended. */
export function untilEnded(api, experimentId) {
  return until(api, experimentId, ({ isOpen, verdict, evidence }) => !isOpen && verdict && evidence);
}
