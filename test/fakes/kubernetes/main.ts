import { readFileSync } from 'node:fs';
import { startFakeKubernetes, type FakeOptions } from './fake-kubernetes';
import { kubeconfigOf } from './kubeconfig';

/**
 * The fake API server as a process of its own: `node -r test/contract/register-typescript.cjs
 * test/fakes/kubernetes/main.ts [port] [options as JSON]`. Prints one line of JSON, `{ url, ca, token, kubeconfig }`, once it listens;
 * `objects` of the options names a JSON file with a list of objects to begin with.
 */
async function main([port = '0', options = '{}']: string[]): Promise<void> {
  const { objects, ...rest }: FakeOptions & { objects?: string } = JSON.parse(options);
  const fake = await startFakeKubernetes({ ...rest, port: Number(port) });
  const first: object[] = objects === undefined ? [] : JSON.parse(readFileSync(objects, 'utf8'));
  for (const object of first) fake.create(object);
  const { url, ca, token } = fake;
  process.stdout.write(`${JSON.stringify({ url, ca, token, kubeconfig: kubeconfigOf({ url, ca, token }) })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void fake.close().then(() => process.exit(0)));
}

void main(process.argv.slice(2));
