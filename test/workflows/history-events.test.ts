import { countHistoryEvents, eventsMax } from './count-history-events';

test('keeps both histories below a hundred events, for a minute as for eight hours, approved or not', async () => {
  const counted = await countHistoryEvents();
  expect(counted).toHaveLength(3);
  const [minute, hours] = counted;
  expect(hours?.experiment).toBe(minute?.experiment);
  expect(hours?.injection).toBe(minute?.injection);
  for (const one of counted) expect(Math.max(one.experiment, one.injection)).toBeLessThan(eventsMax);
});
