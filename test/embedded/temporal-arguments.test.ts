import { temporalArguments } from '../../src/embedded/temporal-arguments';

const ports = { port: 1, httpPort: 2, metricsPort: 3 };
const settings = {
  databasePath: 'file.db',
  namespace: 'gameday',
  ...ports,
  searchAttributes: {},
  logLevel: 'warn',
} as const;

function told(dynamicConfig: Record<string, unknown>): string[] {
  const all = temporalArguments({ ...settings, dynamicConfig });
  return all.filter((_, index) => all[index - 1] === '--dynamic-config-value');
}

describe('what the local server is told about its pace', () => {
  it('reads its queues as soon as there is a task and adds no second to a short timer', () => {
    expect(told({})).toEqual([
      'history.transferProcessorMaxPollRPS=200',
      'history.timerProcessorMaxPollRPS=200',
      'history.timerProcessorMaxTimeShift="10ms"',
    ]);
  });

  it('takes another value, and further settings, from the one who starts it', () => {
    const given = { 'history.transferProcessorMaxPollRPS': 20, 'limit.blobSize.error': 4096 };
    const pace = told(given);
    expect(pace).toContain('history.transferProcessorMaxPollRPS=20');
    expect(pace).toContain('limit.blobSize.error=4096');
    expect(pace).toHaveLength(4);
  });
});
