import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir, runCommand } from './run-command.mjs';

async function readPackages(path) {
  const text = await readFile(join(projectDir, path), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

// npm writes the second file when, and only when, an installation is complete: it says what really lies in node_modules.
async function isInstalled() {
  const [wanted, installed] = [
    await readPackages('package-lock.json'),
    await readPackages('node_modules/.package-lock.json'),
  ];
  if (wanted === undefined) throw new Error('package-lock.json is missing: this is not a whole copy of the project.');
  return (
    installed !== undefined && Object.entries(wanted).every(([path, entry]) => isThere(path, entry, installed[path]))
  );
}

function isThere(path, wanted, found) {
  if (!path.startsWith('node_modules/')) return true;
  if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
  return found.version === wanted.version && found.integrity === wanted.integrity;
}

/** Installs what package-lock.json names, without install scripts, unless exactly that is installed already. */
export async function installPackages(log) {
  if (await isInstalled()) return;
  log('Installing packages (npm ci) ...');
  const code = await runCommand('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error(`Could not install the packages: npm ci ended with code ${code}.`);
}
