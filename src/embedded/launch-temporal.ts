import { keepToOwner } from './keep-to-owner';
import { errorMessage } from './error-code';
import type { RegisteredAttributes } from './ask-temporal';
import { freePorts } from './free-port';
import { describeProcess, removeProcessNote, writeProcessNote } from './process-note';
import { spawnTemporal, type SpawnedTemporal } from './spawn-temporal';
import type { StateDir } from './state-dir';
import { stopProcess } from './stop-process';
import { tailFile } from './tail-file';
import { temporalArguments, type TemporalSettings } from './temporal-arguments';
import type { TemporalNote } from './temporal-note';
import type { StartTemporalOptions } from './temporal-options';
import { waitForTemporal } from './wait-for-temporal';

/** A server that answers, and the custom search attributes of its namespace. */
export interface AnsweringTemporal {
  note: TemporalNote;
  attributes: RegisteredAttributes;
}

async function makeSettings(files: StateDir, options: StartTemporalOptions): Promise<TemporalSettings> {
  const [freePort = 0, httpPort = 0, metricsPort = 0, uiPort = 0] = await freePorts(4);
  const port = options.port ?? freePort;
  return {
    ...{ databasePath: files.temporalDatabase, namespace: options.namespace, port, httpPort, metricsPort },
    ...(options.headless === false ? { uiPort } : {}),
    searchAttributes: options.searchAttributes,
    dynamicConfig: options.dynamicConfig ?? {},
    logLevel: options.logLevel ?? 'warn',
  };
}

// The note is written before the server answers, so that one whose starter dies now is adopted instead of doubled.
async function noteServer(files: StateDir, pid: number, settings: TemporalSettings): Promise<TemporalNote> {
  const { port, httpPort, uiPort } = settings;
  const url = uiPort === undefined ? {} : { url: `http://127.0.0.1:${uiPort}` };
  const note = await describeProcess(pid, { port, httpPort, ...url });
  await writeProcessNote(files.temporalNote, note);
  return note;
}

// A server that crashes ends with the stacks of its goroutines: longer than what is quoted, and before them stands why.
const stacks = /\s*goroutine \d+ \[.*$/;
const logCharsMax = 50_000;
const quotedCharsMax = 600;

async function lastWords(server: SpawnedTemporal, files: StateDir): Promise<string> {
  const said = await tailFile(files.temporalLog, server.logStart, logCharsMax);
  return said.replace(stacks, '').slice(-quotedCharsMax) || '(nothing)';
}

async function describeFailure(error: unknown, server: SpawnedTemporal, files: StateDir): Promise<Error> {
  const why = errorMessage(error);
  const said = await lastWords(server, files);
  const sentence = `Could not start the local Temporal server: ${why}. It said: ${said} Its log: ${files.temporalLog}`;
  return new Error(sentence, { cause: error });
}

async function abandon(files: StateDir, note: TemporalNote | undefined): Promise<void> {
  if (note === undefined) return;
  await stopProcess(note, 0);
  await removeProcessNote(files.temporalNote, note);
}

/** Starts one server on free ports and resolves when it answers; one that does not is ended, and the error quotes its log. */
export async function launchTemporal(files: StateDir, options: StartTemporalOptions): Promise<AnsweringTemporal> {
  const settings = await makeSettings(files, options);
  await keepToOwner(files.temporalDatabase);
  const server = await spawnTemporal(options.binary, temporalArguments(settings), files.temporalLog);
  let note: TemporalNote | undefined;
  try {
    note = await noteServer(files, server.pid, settings);
    options.onSpawned?.();
    const attributes = await waitForTemporal({
      ...note,
      namespace: options.namespace,
      hasEnded: () => server.hasEnded(),
    });
    return { note, attributes };
  } catch (error) {
    const failure = await describeFailure(error, server, files);
    await abandon(files, note);
    throw failure;
  }
}
