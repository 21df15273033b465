import { existsSync } from 'node:fs';
import type { Config } from '../../config';
import { embeddedStoreFile, openConfiguredStore } from '../../store/open-configured-store';
import { parsePostgresAddress } from '../../store/postgres-address';
import type { Check, Finding } from './check';

/** Which store keeps the evidence, and whether it answers. */
export function storeCheck({ databaseUrl, stateDirectory }: Pick<Config, 'databaseUrl' | 'stateDirectory'>): Check {
  return {
    name: 'store',
    look: () => (databaseUrl === undefined ? lookForFile(stateDirectory) : lookAt(databaseUrl, stateDirectory)),
  };
}

async function lookForFile(stateDir: string): Promise<Finding> {
  const file = embeddedStoreFile(stateDir);
  // A file that is not there yet is not made by looking.
  if (!existsSync(file)) return { state: 'ok', found: `the embedded file ${file}, made by the first experiment` };
  const store = await openConfiguredStore({ stateDir });
  await store.close();
  return { state: 'ok', found: `the embedded file ${file}` };
}

async function lookAt(databaseUrl: string, stateDir: string): Promise<Finding> {
  const { name } = parsePostgresAddress(databaseUrl);
  try {
    const store = await openConfiguredStore({ databaseUrl, stateDir });
    await store.close();
    return { state: 'ok', found: `${name} (DATABASE_URL)` };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { state: 'missing', found, help: 'series wait on the local disk until it answers' };
  }
}
