import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { namespace } from './manifests';
import { RawKubernetes } from './raw-kubernetes';

const register = join(__dirname, '../../contract/register-typescript.cjs');

it('the fake runs as a process of its own, tells how it is reached, and ends when told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gameday-fake-'));
  const objects = join(folder, 'objects.json');
  await writeFile(objects, JSON.stringify([namespace('shop')]));
  const options = JSON.stringify({ token: 'told-from-outside', objects });
  const child = spawn(process.execPath, ['-r', register, join(__dirname, 'main.ts'), '0', options]);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, ca, token, kubeconfig } = JSON.parse(String(line));
  expect(token).toBe('told-from-outside');
  expect(JSON.parse(kubeconfig).clusters[0].cluster.server).toBe(url);
  expect((await new RawKubernetes({ url, ca, token }).get('/api/v1/namespaces/shop')).metadata.name).toBe('shop');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await rm(folder, { recursive: true });
});
