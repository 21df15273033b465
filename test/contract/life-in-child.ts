import { relative } from 'node:path';

/**
 * Arms, injects and rolls back one injection in a process of its own, which kills itself right before its n-th write to the
 * file system when asked to; writes over the network are counted by whoever stands in their way.
 */
const { modulePath, exportName, injection, tools, killBeforeWrite } = JSON.parse(process.argv[2] ?? '{}');

function dieBeforeWrite(number: number): void {
  const files = require('node:fs/promises');
  let writes = 0;
  for (const name of ['writeFile', 'rename', 'unlink', 'rm', 'link', 'symlink', 'appendFile', 'truncate']) {
    const original = files[name];
    files[name] = (...given: unknown[]) => {
      writes += 1;
      if (writes === number) process.kill(process.pid, 'SIGKILL');
      return original(...given);
    };
  }
}

async function main(): Promise<void> {
  if (killBeforeWrite !== undefined) dieBeforeWrite(killBeforeWrite);
  const exported = require(`./${relative(__dirname, modulePath)}`)[exportName];
  const driver = exported.driver ?? exported;
  const handed = { ...tools, signal: new AbortController().signal, now: Date.now };
  await driver.arm?.(injection, handed);
  await driver.inject(injection, handed);
  await driver.rollback(injection, handed);
}

void main();
