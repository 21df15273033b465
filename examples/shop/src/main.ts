import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { claimDirectory, readPids, type RunningShop } from './directory-claim';
import { RunDirectory } from './run-directory';
import { Shop } from './shop';
import { stopRequest } from './stop-request';

/** Starts the shop, or says that it is already running; ends when asked to, with code 0, or with 1 when a service fell. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { dir: { type: 'string', default: '.gameday/shop' } } });
  const directory = new RunDirectory(resolve(values.dir));
  const stopping = stopRequest();
  const running = await claimDirectory(directory);
  if (running) return say('shop already running', directory, running);
  const shop = new Shop(directory);
  try {
    directory.prepare();
    const started = await Promise.race([shop.start(), stopping]);
    if (typeof started === 'string') return 0;
    directory.writeUrls(started.urls);
    directory.write('pids.json', JSON.stringify(started.pids));
    say('shop ready', directory, started);
    return await untilStopped(shop, stopping);
  } finally {
    await shop.stop();
    leave(directory);
  }
}

async function untilStopped(shop: Shop, stopping: Promise<string>): Promise<number> {
  const fallen = new Promise<string>((resolve) => shop.onExit(resolve)).then((name) => `${name} ended unexpectedly`);
  const reason = await Promise.race([stopping.then(() => undefined), fallen]);
  if (reason) process.stderr.write(`shop: ${reason}; stopping the others.\n`);
  return reason ? 1 : 0;
}

/** Gives the directory up, unless another shop has taken it over meanwhile. */
function leave(directory: RunDirectory): void {
  if (readPids(directory)?.shop !== process.pid) return;
  directory.removeUrls();
  directory.remove('pids.json');
}

function say(what: string, directory: RunDirectory, shop: RunningShop): number {
  process.stdout.write(`${what} ${JSON.stringify({ dir: directory.path, ...shop })}\n`);
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`shop: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
