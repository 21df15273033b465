/** Thrown by a phase that says no: not an error, but the end of the way to harm. */
export class Refusal extends Error {
  constructor(readonly reasons: string[]) {
    super(reasons.join('; '));
    this.name = 'Refusal';
  }
}

/** Thrown when the steps end before the last one, for a reason that already stands in the evidence. */
export class StepsEnded extends Error {
  constructor() {
    super('the steps ended early');
    this.name = 'StepsEnded';
  }
}
