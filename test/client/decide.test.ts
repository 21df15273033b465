import { Client, Connection, type WorkflowStartUpdateInput } from '@temporalio/client';
import { temporalGameday } from '../../src/client/temporal-gameday';
import type { Decision } from '../../src/domain/approval';

const decision: Decision = {
  decision: 'approved',
  by: { name: 'ada', groups: ['sre'] },
  planHash: 'p',
  targetsHash: 't',
  reason: 'looked at it',
};

/** Sends decisions to nobody and returns the ids of the Updates that would have been sent. */
async function updateIdsOf(decided: [experimentId: string, decision: Decision][]): Promise<(string | undefined)[]> {
  const sent: WorkflowStartUpdateInput[] = [];
  const startUpdate = (input: WorkflowStartUpdateInput): Promise<never> => {
    sent.push(input);
    return Promise.reject(new Error('sent to nobody'));
  };
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const gameday = temporalGameday(new Client({ connection, interceptors: { workflow: [{ startUpdate }] } }), 'key');
  for (const one of decided) await expect(gameday.decide(...one)).rejects.toThrow('sent to nobody');
  await connection.close();
  return sent.map(({ options }) => options.updateId);
}

test('a decision sent again is the same Update, another decision or experiment is another', async () => {
  const [first, again, other, elsewhere] = await updateIdsOf([
    ['e-1', decision],
    ['e-1', decision],
    ['e-1', { ...decision, reason: 'on second thoughts' }],
    ['e-2', decision],
  ]);

  expect(first).toContain('e-1');
  expect(again).toBe(first);
  expect(new Set([first, other, elsewhere]).size).toBe(3);
});
