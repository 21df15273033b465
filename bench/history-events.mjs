/**
 * How many events the histories of an experiment and of its injection hold for a hold of one minute and of eight hours,
 * counted in virtual time; exits 1 when one of them reaches a hundred.
 *
 *   node bench/history-events.mjs [--json]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const loader = here('../test/contract/register-typescript.cjs');
const { status } = spawnSync(
  process.execPath,
  ['-r', loader, here('../test/workflows/count-history-events.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
