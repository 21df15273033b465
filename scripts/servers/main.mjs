import { alertmanager } from './alertmanager.mjs';
import { chromium } from './chromium.mjs';
import { postgres } from './postgres.mjs';
import { prometheus } from './prometheus.mjs';
import { redis } from './redis.mjs';
import { start } from './start.mjs';
import { status, stop } from './stop.mjs';
import { toxiproxy } from './toxiproxy.mjs';
import { inTurn } from './turn.mjs';

// Alertmanager before Prometheus, which is told where to send alerts.
const SERVERS = [redis, postgres, alertmanager, prometheus, toxiproxy, chromium];
const VERBS = { start, stop, status };
const FAILED = { start: 'could not be started', stop: 'could not be stopped', status: 'is not there' };

function usage(why) {
  const names = SERVERS.map(({ name }) => name).join(' | ');
  console.error(`${why}\nUsage: scripts/servers.sh start|stop|status [${names}] ...`);
  process.exit(2);
}

function chosen(names) {
  const unknown = names.filter((name) => SERVERS.every((server) => server.name !== name));
  if (unknown.length > 0) usage(`There is no server named ${unknown.join(', ')}.`);
  return names.length === 0 ? SERVERS : SERVERS.filter(({ name }) => names.includes(name));
}

async function attempt(verb, server) {
  try {
    console.error(`${server.name}: ${await VERBS[verb](server)}`);
    return true;
  } catch (error) {
    console.error(`${server.name} ${FAILED[verb]}: ${error.message}`);
    return false;
  }
}

async function each(verb, servers) {
  const results = [];
  for (const server of servers) results.push(await attempt(verb, server));
  return results.every(Boolean);
}

// Postgres runs as a user of its own, which must be able to get to its data.
process.umask(0o022);
const [verb, ...names] = process.argv.slice(2);
if (!(verb in VERBS)) usage(verb === undefined ? 'Say what to do.' : `There is no command ${verb}.`);
const servers = chosen(names);
const isDone = await (verb === 'status' ? each(verb, servers) : inTurn(() => each(verb, servers)));
process.exit(isDone ? 0 : 1);
