import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NOTE = join(__dirname, '..', '..', '.gameday-servers', 'servers.json');

/** Where each server of `scripts/servers.sh` is, by its name. */
export interface Servers {
  readonly redis: { readonly port: number; readonly pid: number };
  readonly postgres: {
    readonly port: number;
    readonly pid: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    readonly url: string;
  };
  /** A file of its own in `targetsDir` (file_sd JSON) adds targets; in `rulesDir` rules, after a POST to `/-/reload`. */
  readonly prometheus: {
    readonly url: string;
    readonly pid: number;
    readonly configFile: string;
    readonly targetsDir: string;
    readonly rulesDir: string;
  };
  readonly alertmanager: { readonly url: string; readonly pid: number; readonly configFile: string };
  readonly toxiproxy: { readonly url: string; readonly port: number; readonly pid: number };
  readonly chromium: { readonly path: string };
}

async function readNote(): Promise<Partial<Servers>> {
  try {
    return JSON.parse(await readFile(NOTE, 'utf8')) as Partial<Servers>;
  } catch {
    return {};
  }
}

/** Says where a real server is; throws what to do when it was not started, because a missing server is a failure. */
export async function server<Name extends keyof Servers>(name: Name): Promise<Servers[Name]> {
  const found = (await readNote())[name];
  if (found !== undefined) return found;
  throw new Error(`This test needs a real ${name}, and none was started here. Run: scripts/servers.sh start ${name}`);
}
