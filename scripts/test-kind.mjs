// Runs test/kind against a cluster of its own that kind starts in Docker and that is deleted afterwards, whatever happens.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectDir, runCommand } from './run-command.mjs';
import { runJest } from './run-jest.mjs';
import { setUp } from './set-up.mjs';

const cluster = `gameday-${process.pid}`;

/** Runs a command and resolves with what it printed; undefined when it failed or does not exist. */
function ask(command, args, input = '') {
  const child = spawn(command, args, { cwd: projectDir, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? output : undefined));
  });
}

/** What this machine lacks, in sentences. */
async function missing() {
  const docker = await ask('docker', ['version', '--format', '{{.Server.Version}}']);
  const kind = await ask('kind', ['version']);
  return [
    ...(docker === undefined ? ['Docker does not answer: install it and start its daemon.'] : []),
    ...(kind === undefined ? ['kind is not installed: see https://kind.sigs.k8s.io.'] : []),
  ];
}

/** kubectl is part of every node that kind starts, so that nobody has to install it. */
async function kubectl(args, input) {
  const output = await ask('docker', ['exec', '-i', `${cluster}-control-plane`, 'kubectl', ...args], input);
  if (output === undefined) throw new Error(`kubectl ${args.join(' ')} failed in the cluster`);
  return output.trim();
}

/** A namespace to harm, our role in it, and somebody who looks on and may do everything. */
async function prepare() {
  await kubectl(['create', 'namespace', 'shop']);
  await kubectl(['label', 'namespace', 'shop', 'gameday.dev/enabled=true']);
  await kubectl(['apply', '-f', '-'], await readFile(join(projectDir, 'deploy/kubernetes/rbac.yaml'), 'utf8'));
  await kubectl(['create', 'serviceaccount', 'observer', '-n', 'default']);
  const binding = ['create', 'clusterrolebinding', 'observer', '--clusterrole=cluster-admin'];
  await kubectl([...binding, '--serviceaccount=default:observer']);
  const { clusters } = parse(await ask('kind', ['get', 'kubeconfig', '--name', cluster]));
  const [{ cluster: address }] = clusters;
  return {
    url: address.server,
    ca: Buffer.from(address['certificate-authority-data'], 'base64').toString('utf8'),
    token: await kubectl(['create', 'token', 'gameday', '-n', 'gameday', '--duration=2h']),
    observerToken: await kubectl(['create', 'token', 'observer', '-n', 'default', '--duration=2h']),
  };
}

async function runSuite() {
  const folder = await mkdtemp(join(tmpdir(), 'gameday-kind-'));
  try {
    const create = [
      'create',
      'cluster',
      '--name',
      cluster,
      '--kubeconfig',
      join(folder, 'kubeconfig'),
      '--wait',
      '180s',
    ];
    if ((await runCommand('kind', create)) !== 0) return 1;
    const file = join(folder, 'cluster.json');
    await writeFile(file, JSON.stringify(await prepare()), { mode: 0o600 });
    const where = ['--runInBand', '--testPathIgnorePatterns=/node_modules/', '--roots', '<rootDir>/test/kind'];
    return await runJest('kind', [...where, ...process.argv.slice(2)], { GAMEDAY_KIND_CLUSTER: file });
  } finally {
    await runCommand('kind', ['delete', 'cluster', '--name', cluster]);
    await rm(folder, { recursive: true, force: true });
  }
}

const lacking = await missing();
if (lacking.length > 0) {
  console.error(
    `The suite for a real Kubernetes cluster was not run, and nothing counts as passed.\n${lacking.join('\n')}`,
  );
  process.exit(1);
}
await setUp();
process.exit(await runSuite());
