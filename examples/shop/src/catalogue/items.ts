/** One thing the shop sells; `price` is in cents. */
export interface Item {
  sku: string;
  name: string;
  price: number;
}

/** Everything the shop sells. */
export const ITEMS: readonly Item[] = [
  { sku: 'espresso-beans', name: 'Espresso beans, 1 kg', price: 1890 },
  { sku: 'filter-papers', name: 'Filter papers, 100 pieces', price: 450 },
  { sku: 'hand-grinder', name: 'Hand grinder', price: 8900 },
  { sku: 'milk-jug', name: 'Milk jug, 350 ml', price: 1650 },
];
