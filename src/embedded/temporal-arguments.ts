/** The types that a search attribute of the local server can have. */
export type SearchAttributeType = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

/** Everything that the local server is told on its command line. */
export interface TemporalSettings {
  databasePath: string;
  namespace: string;
  port: number;
  httpPort: number;
  metricsPort: number;
  /** Without one the server runs without its web pages. */
  uiPort?: number;
  searchAttributes: Readonly<Record<string, SearchAttributeType>>;
  /** On top of our own settings; the same name here wins. */
  dynamicConfig: Readonly<Record<string, unknown>>;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'never';
}

// EXCLUSIVE makes the database itself refuse a second server; FULL keeps what was committed even if the power fails.
const PRAGMAS = ['journal_mode=WAL', 'synchronous=FULL', 'locking_mode=EXCLUSIVE'];

// A cluster spares its database by reading each shard's queues at most 20 times a second, and allows its hosts a second of
// clock skew. Here one process with one clock serves one person: 50 ms a task, and short timers a second late, for nothing.
const PACE = {
  'history.transferProcessorMaxPollRPS': 200,
  'history.timerProcessorMaxPollRPS': 200,
  'history.timerProcessorMaxTimeShift': '10ms',
};

function repeat(flag: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [flag, value]);
}

function pairs(record: Readonly<Record<string, unknown>>, write: (value: unknown) => string): string[] {
  return Object.entries(record).map(([name, value]) => `${name}=${write(value)}`);
}

function uiArguments(uiPort: number | undefined): string[] {
  return uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch'];
}

/** Turns the settings into the arguments of the `temporal` binary; every port it can be told is told, all on loopback. */
export function temporalArguments(settings: TemporalSettings): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--namespace', settings.namespace],
    ...['--db-filename', settings.databasePath, '--log-level', settings.logLevel],
    ...['--port', String(settings.port), '--http-port', String(settings.httpPort)],
    ...['--metrics-port', String(settings.metricsPort), ...uiArguments(settings.uiPort)],
    ...repeat('--sqlite-pragma', PRAGMAS),
    ...repeat('--search-attribute', pairs(settings.searchAttributes, String)),
    ...repeat(
      '--dynamic-config-value',
      pairs({ ...PACE, ...settings.dynamicConfig }, (value) => JSON.stringify(value)),
    ),
  ];
}
