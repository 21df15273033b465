import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program to its end and resolves with its output; throws with the last lines of what it said when it fails. */
export async function run(command, args, { env = {}, timeoutMs = 60_000, ...options } = {}) {
  try {
    const settings = { ...options, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } };
    return (await execute(command, args, settings)).stdout;
  } catch (error) {
    const said = `${error.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
    const why = error.killed ? `it took longer than ${timeoutMs / 1000} s` : said || error.message;
    throw new Error(`${command} ${args.slice(0, 2).join(' ')} failed: ${why}`);
  }
}
