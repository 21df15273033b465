import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SearchAttributeType } from './temporal-arguments';
import type { RegisteredAttributes } from './ask-temporal';

const run = promisify(execFile);
const CREATE_WITHIN_MS = 15_000;

/** What is needed to register search attributes on a running server. */
export interface AttributeTarget {
  binary: string;
  port: number;
  namespace: string;
}

function createArguments(target: AttributeTarget, missing: [string, SearchAttributeType][]): string[] {
  const pairs = missing.flatMap(([name, type]) => ['--name', name, '--type', type]);
  const where = ['--address', `127.0.0.1:${target.port}`, '--namespace', target.namespace];
  return ['operator', 'search-attribute', 'create', ...where, ...pairs];
}

/**
 * Registers the wanted search attributes that the namespace lacks, because the server's own flag reaches only namespaces
 * that it creates in the same start. Does nothing when all are there.
 */
export async function addMissingAttributes(
  target: AttributeTarget,
  wanted: Readonly<Record<string, SearchAttributeType>>,
  registered: RegisteredAttributes,
): Promise<void> {
  const missing = Object.entries(wanted).filter(([name]) => !registered.has(name));
  if (missing.length > 0) await run(target.binary, createArguments(target, missing), { timeout: CREATE_WITHIN_MS });
}
