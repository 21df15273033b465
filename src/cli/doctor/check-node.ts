import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Config } from '../../config';
import type { Check } from './check';

const run = promisify(execFile);
const needed = { major: 20, minor: 19 } as const;

/** Whether this Node is new enough. */
export function nodeCheck(version = process.versions.node): Check {
  return {
    name: 'node',
    async look() {
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const isNewEnough = major > needed.major || (major === needed.major && minor >= needed.minor);
      if (isNewEnough) return { state: 'ok', found: version };
      return { state: 'missing', found: version, help: `install Node ${needed.major}.${needed.minor} or newer` };
    },
  };
}

/** Whether npm is on PATH; only setting up and updating need it. */
export function npmCheck({ path }: Pick<Config, 'path'>): Check {
  return {
    name: 'npm',
    async look() {
      try {
        const { stdout } = await run('npm', ['--version'], { env: { PATH: path }, timeout: 5_000 });
        return { state: 'ok', found: stdout.trim() };
      } catch {
        return {
          state: 'note',
          found: 'not on PATH',
          help: 'it comes with Node; only setting up and updating need it',
        };
      }
    },
  };
}
