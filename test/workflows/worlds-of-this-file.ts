import { openIsolate } from '../harness/isolate/isolate';
import type { Isolate } from '../harness/isolate/isolate';
import { World } from './world';
import type { WorldOptions } from './world';

/** Opens one sandbox for all tests of a file and hands out worlds over it. */
export function worldsOfThisFile(): (options?: Omit<WorldOptions, 'isolate'>) => World {
  let isolate: Isolate | undefined;
  beforeAll(async () => {
    isolate = await openIsolate();
  });
  afterAll(() => isolate?.close());
  return (options = {}) => {
    if (!isolate) throw new Error('a world is made inside a test');
    return new World({ isolate, ...options });
  };
}
