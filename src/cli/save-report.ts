import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from './api';
import type { World } from './world';

/** Writes the HTML report into the state directory and returns its path; undefined, and a note, when that is not possible. */
export async function saveReport(world: World, api: Api, experimentId: string): Promise<string | undefined> {
  try {
    const html = await api.report(experimentId, 'html');
    const directory = join(world.settings.stateDir, 'reports');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, `${experimentId}.html`);
    await writeFile(file, html, { mode: 0o600 });
    return file;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    world.output.note(
      `The report could not be written (${why}); later: gameday report ${experimentId} --output report.html`,
    );
    return undefined;
  }
}
