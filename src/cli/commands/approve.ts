import { decisionCommand } from '../decision-command';

/** Consents to an experiment that waits. */
export const command = decisionCommand({
  name: 'approve',
  summary: 'consent to an experiment that waits for approval',
  reason: 'Friday, two of us watch',
});
