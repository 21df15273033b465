/**
 * Arms, injects and rolls back one injection in a process of its own, which kills itself right before its n-th write to the
 * file system when asked to; writes over the network are counted by whoever stands in their way.
 */
const { modulePath, exportName, injection, tools, killBeforeWrite } = JSON.parse(process.argv[2] ?? '{}');

function dieBeforeWrite(number: number): void {
  const files: Record<string, unknown> = { ...process.getBuiltinModule('node:fs/promises') };
  let writes = 0;
  for (const name of ['writeFile', 'rename', 'unlink', 'rm', 'link', 'symlink', 'appendFile', 'truncate']) {
    const original = files[name];
    if (typeof original !== 'function') throw new Error(`there is no ${name} to count`);
    const counted = (...given: unknown[]): unknown => {
      writes += 1;
      if (writes === number) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(original, undefined, given);
    };
    Reflect.set(process.getBuiltinModule('node:fs/promises'), name, counted);
  }
}

async function main(): Promise<void> {
  if (killBeforeWrite !== undefined) dieBeforeWrite(killBeforeWrite);
  const exported = (await import(modulePath))[exportName];
  const driver = exported.driver ?? exported;
  const handed = { ...tools, signal: new AbortController().signal, now: Date.now };
  await driver.arm?.(injection, handed);
  await driver.inject(injection, handed);
  await driver.rollback(injection, handed);
}

void main();
