import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists } from './debian-packages.mjs';
import { cacheDir } from './places.mjs';
import { run } from './run.mjs';
import { answersHttp } from './wait-until-ready.mjs';

const VERSION = '2.12.0';
const MODULE = 'github.com/Shopify/toxiproxy/v2';
const BINARY = join(cacheDir, `toxiproxy-${VERSION}`, 'toxiproxy-server');
const BUILD_MAX_MS = 420_000;

// Toxiproxy asks for Go 1.23; from 1.21 on, Go fetches the toolchain that a module asks for by itself.
async function checkGo() {
  const version = await run('go', ['env', 'GOVERSION']).catch(() => '');
  const [, minor = '0'] = /^go1\.(\d+)/.exec(version.trim()) ?? [];
  if (Number(minor) >= 21) return;
  const found = version ? `go here is ${version.trim()}` : 'there is no go on PATH';
  throw new Error(
    `it is built from source and ${found}. Install Go 1.23 or later (golang-1.23-go in Debian's backports).`,
  );
}

async function build() {
  if (await exists(BINARY)) return;
  await checkGo();
  console.error(`Building Toxiproxy ${VERSION} (once, about a minute) ...`);
  const draft = `${dirname(BINARY)}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  const flags = ['-trimpath', '-ldflags', `-s -w -X ${MODULE}.Version=${VERSION}`];
  const env = { GOBIN: draft, GOFLAGS: '', ...(process.env.GOTOOLCHAIN ? {} : { GOTOOLCHAIN: 'local+auto' }) };
  await run('go', ['install', ...flags, `${MODULE}/cmd/server@v${VERSION}`], {
    cwd: '/',
    env,
    timeoutMs: BUILD_MAX_MS,
  });
  await mkdir(dirname(BINARY), { recursive: true });
  await rename(join(draft, 'server'), BINARY);
}

/** Toxiproxy, built from source once per user; it starts without any proxy. */
export const toxiproxy = {
  name: 'toxiproxy',
  packages: [],
  needs: [],
  install: build,
  launch: async ({ port }) => ({
    command: BINARY,
    args: ['-host', '127.0.0.1', '-port', String(port), '-proxy-metrics'],
  }),
  entry: ({ port }) => ({ port, url: `http://127.0.0.1:${port}` }),
  isReady: ({ url }) => answersHttp(`${url}/version`),
};
