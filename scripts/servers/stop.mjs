import { rm } from 'node:fs/promises';
import { noteServer, readNote } from './note.mjs';
import { dataDirOf } from './places.mjs';
import { isRunning, stopServer } from './processes.mjs';

/** Ends the server that start has started, deletes its data and says what it did. */
export async function stop(server) {
  const noted = (await readNote())[server.name];
  if (noted === undefined) return 'does not run';
  const wasRunning = await isRunning(noted);
  await stopServer(noted, server.stopSignal);
  await rm(dataDirOf(server.name), { recursive: true, force: true, maxRetries: 5 });
  await noteServer(server.name, undefined);
  return wasRunning ? `stopped, was process ${noted.pid}` : 'does not run';
}

/** Says whether the server runs and where. */
export async function status(server) {
  const noted = (await readNote())[server.name];
  if (noted === undefined) throw new Error('it was not started.');
  if (server.launch === undefined) return `is installed: ${noted.path}`;
  if (!(await isRunning(noted))) throw new Error('it was started and has ended since.');
  if (!(await server.isReady(noted)))
    throw new Error(`process ${noted.pid} runs and does not answer; see ${noted.log}`);
  return `runs, process ${noted.pid}, port ${noted.port}`;
}
