import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the project, whatever the current one is. */
export const projectDir = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command in the project's folder with our terminal and resolves with its exit code (128 + n when a signal ended
 * it, 127 when it could not be started).
 */
export function runCommand(command, args, env = {}) {
  const child = spawn(command, args, { cwd: projectDir, stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`Could not run ${command}: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? exitCodeOf(signal)));
  });
}

/** Runs a script of a package with this very Node. */
export function runNode(script, args, env = {}) {
  return runCommand(process.execPath, [script, ...args], env);
}

/** The exit code that a shell gives a program that was ended by a signal. */
export function exitCodeOf(signal) {
  return 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0);
}
