import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { WatchedProcess } from './watched-process';
import type { Workplace } from './workplace';

const root = resolve(__dirname, '..', '..');

const script = `
const Database = require('libsql');
const database = new Database(process.argv[1], { timeout: 10000 });
database.exec('begin exclusive');
console.log('held');
process.on('SIGTERM', () => { database.exec('rollback'); database.close(); process.exit(0); });
setInterval(() => undefined, 1000);
`;

/** Takes the evidence store away with another process that holds its lock, until the returned function is called. */
export async function holdStore({ dir }: Workplace): Promise<() => Promise<void>> {
  const file = join(dir, '.gameday', 'evidence.db');
  const holder = new WatchedProcess(spawn(process.execPath, ['-e', script, file], { cwd: root, stdio: 'pipe' }));
  await holder.says(/^held$/m);
  return async () => {
    const { code, stderr } = await holder.end('SIGTERM');
    if (code !== 0) throw new Error(`The process that held the store failed: ${stderr}`);
  };
}
