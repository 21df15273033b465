import type { World } from './world';

/** Resolves at the next Ctrl-C or SIGTERM. */
export function untilInterrupted(world: World): Promise<void> {
  return new Promise((resolve) => {
    const forget = world.onInterrupt(() => {
      forget();
      resolve();
    });
  });
}
