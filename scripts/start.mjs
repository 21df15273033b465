import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { exitCodeOf, projectDir } from './run-command.mjs';
import { setUp } from './set-up.mjs';

const SHOP = ['examples/shop/dist/main.js', '--dir', '.gameday/shop'];
const RUN = ['dist/src/cli/main.js', 'run', 'scenarios/checkout-survives-payment-errors.yaml'];
const SHOP_STOPS_WITHIN_MS = 15_000;
// npm passes a signal on that the terminal has already delivered, so one Ctrl-C can arrive twice.
const SAME_SIGNAL_WITHIN_MS = 300;

const start = (args, stdio) => spawn(process.execPath, args, { cwd: projectDir, stdio, detached: true });
const exitOf = (child) => once(child, 'exit').then(([code, signal]) => code ?? exitCodeOf(signal));

/** Resolves when the shop is ready; `isOurs` is false when one was running before. */
async function startShop() {
  const shop = start(SHOP, ['ignore', 'pipe', 'inherit']);
  const exit = exitOf(shop);
  for await (const line of createInterface({ input: shop.stdout })) {
    if (line.startsWith('shop already running')) return { shop, exit, isOurs: false };
    if (!line.startsWith('shop ready')) continue;
    shop.stdout.resume();
    return { shop, exit, isOurs: true };
  }
  throw new Error(`Could not start the shop: it ended with code ${await exit} before it was ready.`);
}

async function stopShop({ shop, exit, isOurs }) {
  if (!isOurs) return;
  const killing = setTimeout(() => shop.kill('SIGKILL'), SHOP_STOPS_WITHIN_MS);
  shop.kill('SIGTERM');
  await exit;
  clearTimeout(killing);
}

/**
 * Passes each signal on once. The run and the shop have process groups of their own: otherwise Ctrl-C would end the shop
 * while the run still needs it to remove its fault.
 */
function passSignalsOn(target) {
  let lastAt = -Infinity;
  const pass = (signal) => {
    if (performance.now() - lastAt < SAME_SIGNAL_WITHIN_MS) return;
    lastAt = performance.now();
    target.current?.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    target.signal = signal;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
}

async function runExperiment(target) {
  if (target.signal !== undefined) return exitCodeOf(target.signal);
  target.current = start(RUN, 'inherit');
  return exitOf(target.current);
}

async function main() {
  await setUp();
  const target = { current: undefined, signal: undefined };
  passSignalsOn(target);
  const shop = await startShop();
  try {
    return await runExperiment(target);
  } finally {
    await stopShop(shop);
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error.message);
    process.exit(2);
  },
);
