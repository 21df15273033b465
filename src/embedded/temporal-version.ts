import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { errorMessage } from './error-code';

const run = promisify(execFile);
const ANSWER_WITHIN_MS = 10_000;
// The first version whose server offers update-with-start, which admission needs, without a setting.
const OLDEST = [1, 4] as const;

/** Asks a binary whether it is a Temporal CLI that is new enough; returns why it is not, or undefined when it is. */
export async function objectionTo(binary: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(binary, ['--version'], { timeout: ANSWER_WITHIN_MS });
    return objectionToVersion(stdout);
  } catch (error) {
    const why = errorMessage(error).split('\n').slice(0, 2).join(' ');
    return `it does not run: ${why}`;
  }
}

function objectionToVersion(said: string): string | undefined {
  const found = /^temporal version (\d+)\.(\d+)\.\S+/m.exec(said);
  if (found === null) return `it is not the Temporal CLI: --version said "${said.trim().slice(0, 80)}"`;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isNewEnough ? undefined : `it is ${found[0]}, and ${OLDEST.join('.')} or newer is needed`;
}
