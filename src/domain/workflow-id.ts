/** Ids of the workflows: readable in Temporal's own tools and, for injections, the lock itself. */
export const workflowId = {
  experiment: (experimentId: string) => `experiment:${experimentId}`,
  injection: (lockKey: string) => `injection:${lockKey}`,
  environment: (name: string) => `environment:${name}`,
} as const;

/** Names of the task queues; privileged credentials live only behind the inject and watch queues. */
export const taskQueue = {
  control: 'gameday-control',
  inject: (environment: string) => `gameday-inject:${environment}`,
  watch: (environment: string) => `gameday-watch:${environment}`,
} as const;

/** The id of the n-th injection of a step: deterministic, valid as a tag at every target. */
export function injectionIdOf(experimentId: string, stepId: string, index: number): string {
  return `${experimentId}-${stepId.replace('.', '-')}-${index + 1}`;
}
