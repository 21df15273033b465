import type { Evidence } from '../../domain/evidence';
import type { Progress } from '../../domain/progress';
import type { Follower } from '../follow-experiment';
import type { World } from '../world';
import { liveLines } from './live-lines';
import { Story } from './story';
import { WatchedSignals } from './watched-signals';

/** An experiment on stderr while it runs: lines in a pipe, and a live block below them on a terminal. */
export interface View extends Follower {
  /** What was told last. */
  latest(): Progress | undefined;
  /** Ends the live block and leaves the lines. */
  close(): void;
  /** Tells, after the end, what nobody heard while it ran. */
  tellRest(evidence: Evidence): void;
}

const redrawMs = 200;
const readingsShown = 60;

/** Opens the view of one experiment; `close` it. */
export function openView(world: World): View {
  const [story, signals, troubles] = [new Story(), new WatchedSignals(), new Map<string, string>()];
  const { output } = world;
  let progress: Progress | undefined;
  const draw = (): void => {
    const state = {
      progress,
      signals: signals.latest(readingsShown),
      troubles,
      nowMs: world.now(),
      paint: output.notePaint,
    };
    output.live?.draw(liveLines({ ...state, columns: output.live.columns() }));
  };
  const timer = output.live && setInterval(draw, redrawMs);
  return {
    progress(next) {
      progress = next;
      for (const line of story.next(next)) output.note(line);
      draw();
    },
    reading: (reading) => signals.take(reading),
    unavailable(part, why) {
      troubles.set(part, why);
      if (!output.live) output.note(`${nameOf(part)} does not answer: ${why}; waiting for it`);
    },
    available(part) {
      if (troubles.delete(part)) output.note(`${nameOf(part)} answers again`);
    },
    latest: () => progress,
    tellRest(evidence) {
      for (const line of story.next({ phase: 'verdict', evidence, details: '' })) output.note(line);
    },
    close() {
      clearInterval(timer);
      output.live?.draw([]);
    },
  };
}

function nameOf(part: string): string {
  if (part === 'api') return 'the API';
  return part === 'store' ? 'the evidence store' : 'the experiment';
}
