import type { Command } from '../command';

/** Every verb with its file, in the order of the help; a file is loaded when its verb, or the whole help, is asked for. */
export const verbs: Record<string, () => Promise<{ command: Command }>> = {
  init: () => import('./init.js'),
  validate: () => import('./validate.js'),
  rehearse: () => import('./rehearse.js'),
  run: () => import('./run.js'),
  status: () => import('./status.js'),
  watch: () => import('./watch.js'),
  approve: () => import('./approve.js'),
  reject: () => import('./reject.js'),
  abort: () => import('./abort.js'),
  halt: () => import('./halt.js'),
  resume: () => import('./resume.js'),
  release: () => import('./release.js'),
  report: () => import('./report.js'),
  judge: () => import('./judge.js'),
  list: () => import('./list.js'),
  faults: () => import('./faults.js'),
  sweep: () => import('./sweep.js'),
  audit: () => import('./audit.js'),
  token: () => import('./token.js'),
  up: () => import('./up.js'),
  server: () => import('./server.js'),
  worker: () => import('./worker.js'),
  sentinel: () => import('./sentinel.js'),
  doctor: () => import('./doctor.js'),
};

/** Loads every verb. */
export async function loadCommands(): Promise<Command[]> {
  return Promise.all(Object.values(verbs).map(async (load) => (await load()).command));
}

/** Loads one verb, or undefined when there is none of this name. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  return load && (await load()).command;
}
