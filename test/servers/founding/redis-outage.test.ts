import { readFileSync, writeFileSync } from 'node:fs';
import { expectedOnServers, type Expectation } from '../../scenarios/expected';
import { expectCatalogueDetails, valueOf } from './catalogue-details';
import { CatalogueWorkplace } from './catalogue-workplace';
import { openRedisProxy } from './redis-proxy';
import { runAndCompare } from './run-and-compare';

const file = 'catalogue-survives-redis-outage.yaml';
const { servers, environments } = expectedOnServers(file);
const runs = servers.map((one) => ({ title: one.variant ?? 'as shipped', verdict: one.verdict, one }));

test.each(runs)('a Redis that says nothing, $title: $verdict', async ({ one }) => withoutRedis(one), 300_000);

async function withoutRedis(one: Expectation): Promise<void> {
  const proxy = await openRedisProxy();
  const files = { 'toxiproxy.url': proxy.apiUrl };
  const place = await CatalogueWorkplace.open({ redisUrl: proxy.redisUrl, environments, files, shop: one.shop });
  try {
    nameProxy(place, proxy.name);
    const evidence = await runAndCompare(place, [`scenarios/${file}`, '--var', `proxy=${proxy.name}`], one);
    expect(await proxy.toxics()).toEqual([]);
    if (one.verdict !== 'passed') return;
    expectCatalogueDetails(evidence);
    // The cache was really away to the end: without this the experiment would prove nothing.
    expect(valueOf(evidence, 'hold', 'hit-ratio')?.value).toBeLessThanOrEqual(0.05);
  } finally {
    await place.close();
    await proxy.remove();
  }
}

function nameProxy({ environmentFile }: CatalogueWorkplace, name: string): void {
  const text = readFileSync(environmentFile, 'utf8');
  writeFileSync(environmentFile, text.replace('proxy: redis', `proxy: ${name}`));
}
