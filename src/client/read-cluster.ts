import { existsSync } from 'node:fs';
import { loadClientConfig, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { ClientConfigProfile } from '@temporalio/envconfig';
import { z } from 'zod';
import type { Cluster } from './cluster';
import { ClusterError } from './cluster-error';

const attempt = 'Could not read which Temporal cluster to use';
const defaultProfile = 'default';
const defaultAddress = 'localhost:7233';

const text = z.string().trim().min(1);
const usable = z.looseObject({
  address: text.optional(),
  namespace: text.optional(),
  apiKey: text.optional(),
  grpcMeta: z.record(z.string(), z.string()).optional(),
});

/**
 * Reads the cluster that `TEMPORAL_*` variables and temporal.toml name, the variables first, as Temporal's own command
 * line does. Errors: ClusterError, which quotes nothing of the file but names.
 */
export function readCluster(env: Record<string, string | undefined>): Cluster {
  const set = Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  requireFile(set);
  const profile = profileName(set);
  const read = guarded(set, () => loadClientConfigProfile({ overrideEnvVars: set }));
  requireUsable(read);
  const { namespace = 'default', connectionOptions } = guarded(set, () => toClientOptions(read));
  const { address = defaultAddress, tls, apiKey, metadata } = connectionOptions;
  return {
    ...{ address, namespace },
    ...(profile === undefined ? {} : { profile }),
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(read.grpcMeta === undefined || metadata === undefined ? {} : { metadata: read.grpcMeta }),
  };
}

/** A file that was asked for by name must be there: without it, a default address would be used in silence. */
function requireFile({ TEMPORAL_CONFIG_FILE: file }: Record<string, string>): void {
  if (file === undefined || existsSync(file)) return;
  throw new ClusterError(attempt, `there is no file ${file}`, 'Correct TEMPORAL_CONFIG_FILE, or unset it.');
}

/** The profile that is read; undefined when there is none and none was asked for by name. */
function profileName(env: Record<string, string>): string | undefined {
  const { TEMPORAL_PROFILE: asked, TEMPORAL_CONFIG_FILE: file } = env;
  const names = Object.keys(guarded(env, () => loadClientConfig({ overrideEnvVars: env })).profiles);
  const name = asked ?? defaultProfile;
  if (names.includes(name)) return name;
  if (asked === undefined && (file === undefined || env['TEMPORAL_ADDRESS'] !== undefined)) return undefined;
  const where = file ?? 'temporal.toml in your configuration directory';
  const found = names.length === 0 ? 'no profile' : `only ${names.join(', ')}`;
  const help = 'Set TEMPORAL_PROFILE to one that is there, or TEMPORAL_CONFIG_FILE to the file that has it.';
  throw new ClusterError(attempt, `profile ${name} is not in ${where}, which has ${found}`, help);
}

function requireUsable(profile: ClientConfigProfile): void {
  const checked = usable.safeParse(profile);
  if (!checked.success) {
    const names = checked.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new ClusterError(attempt, `${names} must be text that is not empty`, 'Correct it in temporal.toml.');
  }
  const { clientCert, clientKey } = profile.tls ?? {};
  if ((clientCert === undefined) === (clientKey === undefined)) return;
  const missing = clientKey === undefined ? 'its key' : 'the certificate of its key';
  const help = 'Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH, or both in the profile.';
  throw new ClusterError(attempt, `a client certificate is half given: ${missing} is missing`, help);
}

const positioned = z.object({ line: z.number(), column: z.number() });
const ofFile = z.object({ code: z.string(), path: z.string() });

// A parser's message quotes the line, which may hold a key; so only where it is wrong is told.
function guarded<Value>(env: Record<string, string>, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw new ClusterError(
      attempt,
      reasonOf(error, env['TEMPORAL_CONFIG_FILE']),
      'Correct temporal.toml or TEMPORAL_*.',
    );
  }
}

function reasonOf(error: unknown, file = 'temporal.toml'): string {
  const position = positioned.safeParse(error);
  if (position.success) return `${file} is no TOML at line ${position.data.line}, column ${position.data.column}`;
  const reading = ofFile.safeParse(error);
  if (reading.success) return `${reading.data.path} cannot be read (${reading.data.code})`;
  return error instanceof Error ? error.message : 'it has another form than expected';
}
