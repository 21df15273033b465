import { MockActivityEnvironment } from '@temporalio/testing';

/** Runs work as an activity does, with a context of its own. */
export function inActivity<Value>(work: () => Promise<Value>): Promise<Value> {
  return new MockActivityEnvironment().run<[], Value, () => Promise<Value>>(work);
}
