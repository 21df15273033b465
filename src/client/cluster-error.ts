/** Why Temporal cannot be used, for people; nothing in it is secret. */
export class ClusterError extends Error {
  constructor(
    /** What was attempted. */
    readonly attempt: string,
    readonly why: string,
    /** What would help. */
    readonly help: string,
  ) {
    super(`${attempt}: ${why}. ${help}`);
    this.name = 'ClusterError';
  }
}
