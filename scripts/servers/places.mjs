import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../run-command.mjs';

/** The folder of the note about the servers of this copy of the project. */
export const noteDir = join(projectDir, '.gameday-servers');

/** The file that says where each server is. */
export const noteFile = join(noteDir, 'servers.json');

const copy = createHash('sha256').update(projectDir).digest('hex').slice(0, 8);

/** Where a server keeps its data, configuration and log: outside the project, so that another user (postgres) can get there. */
export function dataDirOf(name) {
  return join(tmpdir(), `gameday-servers-${process.getuid()}-${copy}`, name);
}

/** Where what was built once is kept for every copy of the project of this user. */
export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gameday');
