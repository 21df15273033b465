import { readFileSync } from 'node:fs';
import { startFakeKubernetes, type FakeOptions } from './fake-kubernetes';

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

/** JSON is YAML, so this is a kubeconfig. */
function kubeconfigOf({ url, ca, token }: { url: string; ca: string; token: string }): string {
  const data = Buffer.from(ca).toString('base64');
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'fake' },
    clusters: [{ name: 'fake', cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name: 'fake', user: { token } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
  });
}

void main(process.argv.slice(2));
