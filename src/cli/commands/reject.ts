import { decisionCommand } from '../decision-command';

/** Says no to an experiment that waits. */
export const command = decisionCommand({
  name: 'reject',
  summary: 'say no to an experiment that waits for approval',
  reason: 'not during the sale',
});
