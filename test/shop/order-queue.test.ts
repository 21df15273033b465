import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { losesOneIn } from '../../examples/shop/src/checkout/lossy';
import { OrderQueue } from '../../examples/shop/src/checkout/order-queue';

const dir = mkdtempSync(join(tmpdir(), 'order-queue-'));
let files = 0;

afterAll(() => rmSync(dir, { recursive: true }));

function aFile(): string {
  return join(dir, `${files++}.jsonl`);
}

function anOrder(orderId: string) {
  return { orderId, amount: 100, attempts: 2 };
}

describe('the order queue', () => {
  it('hands out ready orders, oldest first, each to one taker', () => {
    const queue = new OrderQueue(aFile());
    queue.put(anOrder('a'), 0);
    queue.put(anOrder('b'), 50);
    queue.put(anOrder('c'), 10);
    expect([queue.take(20), queue.take(20), queue.take(20)]).toEqual([anOrder('a'), anOrder('c'), undefined]);
    expect(queue.take(50)).toEqual(anOrder('b'));
  });

  it('hands an order out again once it was given back and its time has come', () => {
    const queue = new OrderQueue(aFile());
    queue.put(anOrder('a'), 0);
    const taken = queue.take(0);
    queue.giveBack({ ...anOrder('a'), attempts: 3 }, 100);
    expect(taken).toEqual(anOrder('a'));
    expect(queue.take(99)).toBeUndefined();
    expect(queue.take(100)?.attempts).toBe(3);
  });

  it('keeps one entry for an order that is put in twice, also while it is being charged', () => {
    const queue = new OrderQueue(aFile());
    queue.put(anOrder('a'), 0);
    queue.take(0);
    queue.put(anOrder('a'), 0);
    expect(queue.depth).toBe(1);
    expect(queue.take(0)).toBeUndefined();
  });

  it('still holds every order that is not done when it is opened again', () => {
    const file = aFile();
    const before = new OrderQueue(file);
    for (const id of ['a', 'b', 'c']) before.put(anOrder(id), 0);
    before.take(0);
    before.done('b');
    const after = new OrderQueue(file);
    expect([after.take(0), after.take(0), after.depth]).toEqual([anOrder('a'), anOrder('c'), 2]);
  });

  it('leaves out a line that was cut off while it was written', () => {
    const file = aFile();
    new OrderQueue(file).put(anOrder('a'), 0);
    appendFileSync(file, '{"put":{"orderId":"b","amo');
    expect(new OrderQueue(file).depth).toBe(1);
    expect(new OrderQueue(file).depth).toBe(1);
  });

  it('empties its file when nothing waits any more', () => {
    const file = aFile();
    const queue = new OrderQueue(file);
    queue.put(anOrder('a'), 0);
    queue.done('a');
    expect(statSync(file).size).toBe(0);
  });

  it('forgets one order in the given number, in the middle of each batch, when the defect is planted', () => {
    const file = aFile();
    const queue = new OrderQueue(file, losesOneIn(4));
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) queue.put(anOrder(id), 0);
    const kept = Array.from({ length: queue.depth }, () => queue.take(0)?.orderId);
    expect(kept).toEqual(['a', 'b', 'd', 'e', 'f', 'h']);
    expect(new OrderQueue(file).depth).toBe(6);
  });

  it('forgets nothing without the defect', () => {
    const queue = new OrderQueue(aFile(), losesOneIn(undefined));
    for (let n = 0; n < 500; n++) queue.put(anOrder(String(n)), 0);
    expect(queue.depth).toBe(500);
  });
});
