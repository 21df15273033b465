import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scenario } from '../../end-to-end/rig/scenario';
import type { Ended } from '../../harness/workplace';
import type { ForeignRig } from './foreign-rig';

const cli = resolve(__dirname, '../../../dist/src/cli/main.js');

/** Runs one `gameday` command beside the rig's processes. */
export function gameday(rig: ForeignRig, words: string[], env: Record<string, string> = {}): Promise<Ended> {
  const options = { cwd: rig.home, env: { ...process.env, ...rig.env, ...env }, maxBuffer: 50_000_000 };
  return new Promise((settle) => {
    const child = execFile(process.execPath, [cli, ...words], options, (_, stdout, stderr) =>
      settle({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Writes a scenario in which nothing is harmed and returns its file. */
export function writeScenario(rig: ForeignRig, hold: string): string {
  const file = join(rig.home, `hold-${hold}.yaml`);
  writeFileSync(file, scenario(rig.side, { hold, baseline: '1s' }));
  return file;
}

/** The history of an experiment as the cluster has it. */
export function eventsOf(rig: ForeignRig, experimentId: string): Promise<string> {
  return rig.temporal.owner('workflow', 'show', '--workflow-id', `experiment:${experimentId}`);
}
