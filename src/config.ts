import { join } from 'node:path';
import { z } from 'zod';

const text = z.string().trim().min(1, 'is set but empty; give it a value or unset it');
const url = z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:7717' });
const postgresUrl = text.refine((given) => /^postgres(ql)?:\/\//.test(given) && URL.canParse(given), {
  error: 'must be an address such as postgres://user:password@host:5432/database, special characters escaped',
  abort: true,
});
const flag = z.string().optional();

/** Every environment variable that Gameday reads, besides those of Temporal's own client configuration. */
const variables = z.object({
  TEMPORAL_ADDRESS: text.optional().describe('A Temporal cluster to use instead of the embedded server'),
  TEMPORAL_CONFIG_FILE: text.optional().describe("Temporal's own configuration file, whose profile names a cluster"),
  TEMPORAL_PROFILE: text.optional().describe('The profile in it; default "default"'),
  TEMPORAL_NAMESPACE: text.optional().describe('The namespace in that cluster; default "default"'),
  TEMPORAL_API_KEY: text.optional().describe('The API key for that cluster; turns TLS on'),
  TEMPORAL_TLS: z.enum(['true', 'false', '1', '0']).optional().describe('Whether that cluster wants TLS'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: text.optional().describe('The certificate by which it knows us, a file'),
  TEMPORAL_TLS_CLIENT_CERT_DATA: text.optional().describe('The same, as text'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: text.optional().describe("That certificate's key, a file"),
  TEMPORAL_TLS_CLIENT_KEY_DATA: text.optional().describe('The same, as text'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: text.optional().describe('The CA that signed its certificate, a file'),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: text.optional().describe('The same, as text'),
  TEMPORAL_TLS_SERVER_NAME: text.optional().describe('The name in its certificate'),
  TEMPORAL_CLI_PATH: text.optional().describe('The Temporal binary of the embedded server'),
  GAMEDAY_STATE_DIR: text.default('.gameday').describe('Where the embedded everything keeps its files'),
  GAMEDAY_ENVIRONMENTS: text.default('environments').describe('The folder of the environment files'),
  GAMEDAY_URL: url.optional().describe('The API that the command line speaks to'),
  GAMEDAY_TOKEN: text.optional().describe('Your API token'),
  GAMEDAY_PEOPLE: text.optional().describe('The file of people, their groups and token hashes'),
  GAMEDAY_SEAL_KEY: text
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Seals decisions that reach a workflow as messages'),
  DATABASE_URL: postgresUrl.optional().describe('A Postgres database for the evidence instead of the embedded file'),
  BUILD_ID: text.optional().describe('Turns on worker versioning under this build id'),
  NO_COLOR: flag.describe('Any value: no colour'),
  CI: flag.describe('Any value but false: nothing is asked'),
  HOME: text.optional(),
  XDG_CACHE_HOME: text.optional().describe('Where downloads are cached; default ~/.cache'),
  PATH: z.string().default(''),
});

/** The names of all variables that are read here. */
export const variableNames = Object.keys(variables.shape);

/** What the process was told from outside, parsed once. */
export interface Config {
  /** True when the environment names a Temporal cluster; then none is started here, and `readCluster` says which. */
  hasCluster: boolean;
  temporalCliPath?: string;
  stateDirectory: string;
  environmentsDirectory: string;
  url?: string;
  token?: string;
  /** The file of people and their token hashes. */
  peopleFile: string;
  sealKey?: string;
  databaseUrl?: string;
  buildId?: string;
  /** False with NO_COLOR; a pipe is the caller's to notice. */
  mayColor: boolean;
  isCi: boolean;
  /** Where downloads are kept between runs. */
  cacheDirectory: string;
  path: string;
  /** All variables as they are, for `{env: NAME}` references and child processes. */
  env: Record<string, string | undefined>;
}

/** Environment variables that cannot be used; the message names every one of them and no value. */
export class InvalidConfig extends Error {
  constructor(readonly problems: string[]) {
    super(`Reading the environment variables: ${problems.join('; ')}`);
    this.name = 'InvalidConfig';
  }
}

/** Parses the environment variables; throws InvalidConfig with every problem at once. */
export function parseConfig(env: Record<string, string | undefined> = process.env): Config {
  const result = variables.safeParse(env);
  if (!result.success) throw new InvalidConfig(result.error.issues.map(describeIssue));
  const set = result.data;
  return {
    stateDirectory: set.GAMEDAY_STATE_DIR,
    environmentsDirectory: set.GAMEDAY_ENVIRONMENTS,
    peopleFile: set.GAMEDAY_PEOPLE ?? join(set.GAMEDAY_STATE_DIR, 'people.json'),
    // A file in its default place alone names none: it may well point to production, and `gameday up` is for a first look.
    hasCluster: (set.TEMPORAL_ADDRESS ?? set.TEMPORAL_CONFIG_FILE ?? set.TEMPORAL_PROFILE) !== undefined,
    mayColor: !set.NO_COLOR,
    isCi: set.CI !== undefined && set.CI !== '' && set.CI !== 'false',
    cacheDirectory: join(set.XDG_CACHE_HOME ?? join(set.HOME ?? '.', '.cache'), 'gameday'),
    path: set.PATH,
    env,
    ...present({
      temporalCliPath: set.TEMPORAL_CLI_PATH,
      url: set.GAMEDAY_URL,
      token: set.GAMEDAY_TOKEN,
      sealKey: set.GAMEDAY_SEAL_KEY,
      databaseUrl: set.DATABASE_URL,
      buildId: set.BUILD_ID,
    }),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends Record<string, string | undefined>>(values: T): Present<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<T>;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}`;
}
