import { readBasket, totalOf } from '../../examples/shop/src/checkout/basket';
import { PriceList } from '../../examples/shop/src/checkout/price-list';
import { json, listenJson } from '../../examples/shop/src/json-server';
import { eventually } from './eventually';

describe('the price list', () => {
  it('keeps to the last known prices when the catalogue stops answering', async () => {
    let isAway = false;
    let asked = 0;
    const answer = () => (isAway ? json(500, {}) : json(200, { items: [{ sku: 'jug', price: 165 }] }));
    const catalogue = await listenJson({ 'GET /items': () => (asked++, answer()) });
    const prices = new PriceList(catalogue.url);
    expect(await prices.current()).toEqual(new Map([['jug', 165]]));
    isAway = true;
    await eventually('the catalogue is asked again', async () => (await prices.current()) !== undefined && asked > 1);
    catalogue.close();
    expect(await prices.current()).toEqual(new Map([['jug', 165]]));
  });

  it('asks the catalogue once for many orders at a time', async () => {
    let asked = 0;
    const catalogue = await listenJson({
      'GET /items': () => (asked++, json(200, { items: [{ sku: 'jug', price: 1 }] })),
    });
    const prices = new PriceList(catalogue.url);
    await Promise.all(Array.from({ length: 20 }, () => prices.current()));
    catalogue.close();
    expect(asked).toBe(1);
  });

  it('knows no price before the catalogue has ever answered', async () => {
    const catalogue = await listenJson({});
    const prices = new PriceList(catalogue.url);
    expect(await prices.current()).toBeUndefined();
    catalogue.close();
  });
});

describe('the basket', () => {
  it('adds up quantities, and has no total for something that is not sold', () => {
    const prices = new Map([['jug', 165]]);
    expect(totalOf([{ sku: 'jug', quantity: 2 }], prices)).toBe(330);
    expect(totalOf([{ sku: 'boat', quantity: 1 }], prices)).toBeUndefined();
  });

  it.each([[[]], ['jug'], [[{ sku: 1 }]], [[{ sku: 'jug', quantity: 0 }]], [[{ sku: 'jug', quantity: 1.5 }]]])(
    'cannot be read from %j',
    (items) => {
      expect(readBasket(items)).toBeUndefined();
    },
  );
});
