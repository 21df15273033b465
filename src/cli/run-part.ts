import { untilInterrupted } from './until-interrupted';
import type { RunningPart, World } from './world';

/** Runs one part of a distributed installation until Ctrl-C or SIGTERM, or until it fails. */
export async function runPart(world: World, name: string, part: RunningPart): Promise<number> {
  world.output.result(`The ${name} is ready${part.url === undefined ? '' : ` at ${part.url}`}. Ctrl-C stops it.`);
  try {
    await Promise.race([untilInterrupted(world), part.ended]);
  } catch (error) {
    // Why it failed says more than what then fails to stop.
    await stop(world, name, part).catch(() => undefined);
    throw error;
  }
  await stop(world, name, part);
  return 0;
}

async function stop(world: World, name: string, part: RunningPart): Promise<void> {
  world.output.note(`Stopping the ${name}.`);
  await part.stop();
}
