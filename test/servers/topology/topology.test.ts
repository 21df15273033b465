import { z } from 'zod';
import { eventually } from '../../contract/eventually';
import { readCompose } from '../../deploy/compose-file';
import { documentOf } from '../../harness/run-process';
import { Installation } from './installation';

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.start();
}, 180_000);

afterAll(async () => {
  await installation.stop();
}, 60_000);

test('the parts of our own image run with the commands of docker-compose.yml', () => {
  const ours = Object.entries(readCompose().services).filter(([, { build }]) => build !== undefined);
  for (const [name] of ours) expect([name, installation.processes[name]?.isRunning]).toEqual([name, true]);
});

test.each(['checkout-survives-payment-errors.yaml', 'catalogue-survives-redis-outage.yaml'])(
  '%s passes through separate server, worker and sentinel',
  async (scenario) => {
    const ended = await installation.gameday(['run', `${process.cwd()}/scenarios/${scenario}`, '--json']);
    expect(documentOf(ended)).toMatchObject({ verdict: 'passed' });
    expect(ended.code).toBe(0);
    expect(JSON.parse((await installation.gameday(['faults', '--json'])).stdout)).toMatchObject({
      faults: [],
      troubles: [],
    });
  },
  400_000,
);

const targets = z.object({
  data: z.object({ activeTargets: z.array(z.object({ scrapePool: z.string(), health: z.string() })) }),
});

test('Prometheus reads the metrics of server, worker and Toxiproxy', async () => {
  let seen: unknown;
  await eventually('every target is up', 60_000, async () => {
    const answer = await fetch(`${installation.at('prometheus:9090')}/api/v1/targets`);
    const { activeTargets } = targets.parse(await answer.json()).data;
    seen = activeTargets;
    return activeTargets.length === 3 && activeTargets.every(({ health }) => health === 'up');
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(seen)}`);
  });
}, 90_000);
