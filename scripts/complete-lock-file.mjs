import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir } from './run-command.mjs';

// npm leaves a binary for another platform out of package-lock.json when the registry it asked does not serve it, and
// `npm ci` then refuses the whole file. This adds what is missing, with the exact version that its parent asks for. Run it
// after `npm install` has changed the lock file.
const LOCK = join(projectDir, 'package-lock.json');
const CPUS = ['x64', 'ia32', 'arm64', 'ppc64', 's390x', 'riscv64', 'loong64', 'arm'];
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const LIBRARIES = { gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl' };

// In npm's own order, so that npm finds nothing to rewrite.
function describeEntry(name, version, isDev) {
  const words = name.split(/[/-]/);
  const library = words.includes('linux') ? words.map((word) => LIBRARIES[word]).find(Boolean) : undefined;
  return {
    version,
    cpu: words.filter((word) => CPUS.includes(word)),
    ...(isDev ? { dev: true } : {}),
    ...(library === undefined ? {} : { libc: [library] }),
    optional: true,
    os: words.filter((word) => SYSTEMS.includes(word)),
  };
}

// A dependency is looked for where Node looks: in the parent's own node_modules, then in each one above it.
function isLocked(packages, parent, name) {
  const steps = parent.split('/node_modules/').map((_, index, all) => all.slice(0, index + 1).join('/node_modules/'));
  return ['', ...steps].some((step) => join(step, 'node_modules', name) in packages);
}

function missingOf(packages) {
  return Object.entries(packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name, version]) => /^\d/.test(version) && !isLocked(packages, parent, name))
      .map(([name, version]) => [name, describeEntry(name, version, entry.dev)]),
  );
}

const lock = JSON.parse(await readFile(LOCK, 'utf8'));
const missing = missingOf(lock.packages);
for (const [name, entry] of missing) {
  if (entry.os.length === 0) throw new Error(`Cannot tell from its name which platform ${name} is for.`);
  lock.packages[`node_modules/${name}`] = entry;
}
const [[root, own], ...others] = Object.entries(lock.packages);
lock.packages = {
  [root]: own,
  ...Object.fromEntries(others.sort(([first], [second]) => first.localeCompare(second, 'en'))),
};
await writeFile(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`Added ${missing.length} entries.`);
