import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mutate, type Mutant } from './mutant';

const project = resolve(__dirname, '../..');

/** The sources of this project in a folder of their own, where they may be changed without harm. */
export class ProjectCopy {
  constructor(readonly folder: string) {
    for (const file of sourceFiles()) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(project, file), join(folder, file));
    }
    linkPackages(folder);
  }

  /** Does something while one change is made. Errors: the change does not fit. */
  async withMutant<Value>(mutant: Mutant, work: () => Promise<Value>): Promise<Value> {
    const path = join(this.folder, mutant.file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, mutate(source, mutant));
    try {
      return await work();
    } finally {
      writeFileSync(path, source);
    }
  }
}

/** What git knows, and what it would take up; a file that was just deleted is left out. */
function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed
    .toString()
    .split('\0')
    .filter((file) => file !== '' && !file.startsWith('docs/') && existsSync(join(project, file)));
}

/** Packages are shared, one link each; the workspaces and every cache are the copy's own. */
function linkPackages(folder: string): void {
  const own = join(folder, 'node_modules');
  mkdirSync(join(own, '@gameday'), { recursive: true });
  symlinkSync(join(folder, 'sdk'), join(own, '@gameday/sdk'));
  symlinkSync(join(folder, 'examples/shop'), join(own, '@gameday/shop'));
  for (const name of readdirSync(join(project, 'node_modules')))
    if (!['.cache', '@gameday'].includes(name)) symlinkSync(join(project, 'node_modules', name), join(own, name));
}
