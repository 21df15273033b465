import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWorkflowBundle } from '../harness/isolate/workflow-bundle';

test('bundles every workflow without a forbidden import', async () => {
  const code = await buildWorkflowBundle();
  for (const name of ['experiment', 'injection', 'environment']) expect(code).toContain(`workflows/${name}.ts`);
});

test('refuses to bundle workflow code that imports a Node built-in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gameday-bundle-'));
  const file = join(folder, 'workflows.ts');
  writeFileSync(
    file,
    "import { readFileSync } from 'node:fs';\nexport const broken = async () => readFileSync('x');\n",
  );
  await expect(buildWorkflowBundle(file)).rejects.toThrow(/node:fs|fs/);
  rmSync(folder, { recursive: true });
});
