import { missingAttributes, readySearchAttributes } from '../../src/client/search-attributes';
import type { AttributeServer } from '../../src/client/search-attribute-server';
import { searchAttributeNames } from '../../src/client/search-attribute-names';

/** A namespace that knows these attributes, and does what it is told with new ones. */
class Namespace implements AttributeServer {
  readonly namespace = 'chaos';
  readonly known: Set<string>;
  readonly asked: string[][] = [];

  constructor(
    known: string[],
    private readonly onAdd: (namespace: Namespace, names: string[]) => void = () => undefined,
  ) {
    this.known = new Set(known);
  }

  async knows(names: string[]): Promise<boolean> {
    return names.every((name) => this.known.has(name));
  }

  async add(names: string[]): Promise<void> {
    this.asked.push(names);
    this.onAdd(this, names);
  }
}

const take = (namespace: Namespace, names: string[]) => names.forEach((name) => namespace.known.add(name));

function failing(code: number): () => never {
  return () => {
    throw Object.assign(new Error('the server says no'), { code });
  };
}

async function ready(namespace: Namespace): Promise<{ isReady: boolean; said: string[] }> {
  const said: string[] = [];
  return { isReady: await readySearchAttributes(namespace, (line) => said.push(line), 250), said };
}

test('asks for nothing and says nothing where all are known', async () => {
  const namespace = new Namespace(searchAttributeNames, failing(7));
  expect(await ready(namespace)).toEqual({ isReady: true, said: [] });
  expect(namespace.asked).toEqual([]);
});

test('registers those that are missing and no other', async () => {
  const [first = '', ...others] = searchAttributeNames;
  const namespace = new Namespace([first], take);
  expect(await missingAttributes(namespace)).toEqual(others);
  const { isReady, said } = await ready(namespace);
  expect({ isReady, asked: namespace.asked }).toEqual({ isReady: true, asked: [others] });
  expect(said).toEqual([expect.stringMatching(/Registered .* in namespace chaos/)]);
});

test('waits until the server knows what it took', async () => {
  const namespace = new Namespace([], (where, names) => void setTimeout(() => take(where, names), 50));
  expect((await ready(namespace)).isReady).toBe(true);
});

test('takes what another process registered at the same moment', async () => {
  const namespace = new Namespace([], (where, names) => {
    take(where, names);
    failing(6)();
  });
  expect((await ready(namespace)).isReady).toBe(true);
});

test.each([
  [7, 'it does not permit us to register them'],
  [12, 'it does not let clients register any'],
  [8, 'it has no room for more'],
  [3, 'it refuses them'],
  [6, 'it has one of them with another type'],
  [13, 'asking it failed'],
])(
  'goes on without them when the server answers %i, and says so once with the command that helps',
  async (code, why) => {
    const { isReady, said } = await ready(new Namespace([], failing(code)));
    expect(isReady).toBe(false);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(why);
    expect(said[0]).toContain('temporal operator search-attribute create --namespace chaos --name GamedayExperiment');
  },
);

test('goes on without them when the server took them and still does not know them', async () => {
  const { isReady, said } = await ready(new Namespace([]));
  expect({ isReady, said }).toEqual({ isReady: false, said: [expect.stringContaining('does not know them yet')] });
});
