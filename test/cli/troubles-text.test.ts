import { troublesText } from '../../src/cli/text/troubles-text';

test('what every kind of fault of a system says alike is told once, of the system', () => {
  const troubles = ['sdk/error in demo: no file', 'sdk/latency in demo: no file', 'redis/outage in demo: no route'];
  expect(troublesText(troubles, 'could not look')).toEqual([
    'could not look: sdk in demo: no file',
    'could not look: redis/outage in demo: no route',
  ]);
});
