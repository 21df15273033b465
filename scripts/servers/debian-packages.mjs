import { access, rm, writeFile } from 'node:fs/promises';
import { run } from './run.mjs';

const POLICY = '/usr/sbin/policy-rc.d';
const QUIET = { DEBIAN_FRONTEND: 'noninteractive' };
const INSTALL_MAX_MS = 420_000;

export const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

// Asked by Debian's packages before they start a service of their own: 101 forbids it (invoke-rc.d(8)).
async function withoutServices(work) {
  if (await exists(POLICY)) return work();
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    await rm(POLICY, { force: true });
  }
}

async function aptInstall(packages) {
  const install = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages];
  await run('apt-get', ['update', '-o', 'DPkg::Lock::Timeout=300'], { env: QUIET, timeoutMs: 120_000 });
  await withoutServices(() => run('apt-get', install, { env: QUIET, timeoutMs: INSTALL_MAX_MS }));
}

/** Installs Debian's packages without starting any system service; throws, naming what would help, where that cannot be. */
export async function installPackages(packages) {
  const byHand = `Install by hand: apt-get install ${packages.join(' ')}`;
  if (!(await exists('/usr/bin/apt-get'))) throw new Error(`this is not a Debian machine (no apt-get). ${byHand}`);
  if (process.getuid() !== 0) throw new Error(`only root may install packages. ${byHand}`);
  console.error(`Installing ${packages.join(', ')} ...`);
  await aptInstall(packages).catch((error) => {
    throw new Error(`${error.message}\n${byHand}`);
  });
}
