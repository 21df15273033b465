import { countHistoryEvents, eventsMax } from './count-history-events';

test('keeps both histories below a hundred events, for a minute as for eight hours', async () => {
  const counted = await countHistoryEvents();
  expect(counted).toHaveLength(3);
  const [minute, hours] = counted;
  expect(hours?.experiment).toBe(minute?.experiment);
  expect(hours?.injection).toBe(minute?.injection);
  for (const one of [minute, hours])
    expect(Math.max(one?.experiment ?? 0, one?.injection ?? 0)).toBeLessThan(eventsMax);
});
