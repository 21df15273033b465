import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, installPackages } from './debian-packages.mjs';
import { freePort } from './free-port.mjs';
import { noteServer, readNote } from './note.mjs';
import { dataDirOf } from './places.mjs';
import { isRunning, startServer, stopServer } from './processes.mjs';
import { waitUntilReady } from './wait-until-ready.mjs';

const ATTEMPTS = 3;

async function isComplete(server) {
  return (await Promise.all(server.needs.map(exists))).every(Boolean);
}

/** Installs what the server needs and is not there. */
async function install(server) {
  if (server.packages.length > 0 && !(await isComplete(server))) await installPackages(server.packages);
  if (!(await isComplete(server))) throw new Error(`${server.needs.join(' or ')} is not there after the installation.`);
  await server.install?.();
}

async function launch(server) {
  const place = { port: await freePort(), data: dataDirOf(server.name), secrets: {} };
  await rm(place.data, { recursive: true, force: true });
  await mkdir(place.data, { recursive: true });
  const { command, args, user } = await server.launch(place);
  const log = join(dataDirOf('logs'), `${server.name}.log`);
  const entry = { ...server.entry(place), log, ...(await startServer(command, args, { log, user })) };
  // Noted before it answers, so that a stop finds it whatever happens next.
  await noteServer(server.name, entry);
  return entry;
}

async function tryToStart(server) {
  const entry = await launch(server);
  try {
    await waitUntilReady(entry, entry.log, () => server.isReady(entry));
    return entry;
  } catch (error) {
    await stopServer(entry, 'SIGKILL');
    await noteServer(server.name, undefined);
    throw error;
  }
}

async function startAnew(server, attempt = 1) {
  try {
    return await tryToStart(server);
  } catch (error) {
    // The free port may have been taken by somebody else in between; anything else fails three times too.
    if (attempt < ATTEMPTS && /ended at once/.test(error.message)) return startAnew(server, attempt + 1);
    throw error;
  }
}

/** Makes sure that the server is there and answers; says what it did. */
export async function start(server) {
  const noted = (await readNote())[server.name];
  if (noted !== undefined && (await isRunning(noted)) && (await server.isReady(noted))) return 'runs already';
  if (noted !== undefined) await stopServer(noted);
  await install(server);
  if (server.launch !== undefined) return `started, process ${(await startAnew(server)).pid}`;
  await noteServer(server.name, server.entry());
  return 'is installed';
}
