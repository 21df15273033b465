import { untilInterrupted } from './until-interrupted';
import type { RunningPart, World } from './world';

/** Runs one part of a distributed installation until Ctrl-C or SIGTERM, or until it fails. */
export async function runPart(world: World, name: string, part: RunningPart): Promise<number> {
  world.output.result(`The ${name} is ready${part.url === undefined ? '' : ` at ${part.url}`}. Ctrl-C stops it.`);
  await Promise.race([untilInterrupted(world), part.ended]);
  world.output.note(`Stopping the ${name}.`);
  await part.stop();
  return 0;
}
