import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aVerdict, anEvidence, at } from '../api/make';
import { serve, type Served } from '../api/serve';
import { fakeWorld, type FakeWorld } from './fake-world';

describe('the verbs that read', () => {
  let served: Served;
  let online: FakeWorld;
  let offline: FakeWorld;

  beforeEach(async () => {
    served = await serve();
    online = await fakeWorld({ url: served.url, token: 'token-of-ada' });
    offline = await fakeWorld();
    offline.offlineStore = served.store;
    offline.offline.store = async () => served.store;
    await served.store.saveEvidence(anEvidence({ experimentId: 'old-1' }), aVerdict());
    const row = { experimentId: 'old-1', scenario: 'checkout', environment: 'demo', isRehearsal: false };
    await served.store.saveExperiment({ ...row, startedBy: 'ada', startedAt: at, verdict: 'refused' });
    await served.store.appendAudit({ at, by: 'ada', action: 'abort', subject: 'old-1', reason: 'enough' });
  });

  afterEach(() => served.app.close());

  test.each([
    ['list', [], 'old-1  refused'],
    ['audit', [], 'ada  abort  old-1  enough'],
    ['judge', ['old-1'], 'the same as stored'],
  ] as const)('%s answers the same from the API and, when nothing runs, from the store', async (verb, words, said) => {
    const codes = [await online.run(verb, ...words), await offline.run(verb, ...words)];

    expect(online.stdout.join('\n')).toContain(said);
    expect(offline.stdout).toEqual(online.stdout);
    expect(codes[0]).toBe(codes[1]);
  });

  test('judge exits like run, and 2 when the stored verdict does not follow from the evidence', async () => {
    expect(await online.run('judge', 'old-1')).toBe(3);

    await served.store.saveEvidence(anEvidence({ experimentId: 'old-2' }), aVerdict({ verdict: 'passed', rule: 7 }));
    expect(await online.run('judge', 'old-2')).toBe(2);
    expect(online.stdout.join('\n')).toContain('stored was passed');
  });

  test('report prints, or writes to a file, from the API and from the store', async () => {
    expect(await online.run('report', 'old-1')).toBe(0);
    expect(online.stdout).toEqual(['<p>refused</p>']);

    const file = join(await mkdtemp(join(tmpdir(), 'gameday-report-')), 'report.json');
    expect(await offline.run('report', 'old-1', '--format', 'json', '--output', file)).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ experimentId: 'old-1', verdict: 'refused' });
    expect(offline.stdout).toEqual([]);
  });

  test.each([
    ['a folder that is not there', 'none/report.html', 'its folder does not exist'],
    ['a folder', '.', 'it is a folder'],
  ])('report says what is in the way when it is to be written to %s', async (_name, path, why) => {
    const file = join(await mkdtemp(join(tmpdir(), 'gameday-report-')), path);

    expect(await online.run('report', 'old-1', '--output', file)).toBe(2);
    expect(online.stderr.join('\n')).toContain(`Could not write ${file}: ${why}`);
    expect(online.stderr.join('\n')).not.toMatch(/ENOENT|EISDIR/);
  });

  test.each(['report', 'judge'])('%s of an unknown experiment exits 2 in both ways', async (verb) => {
    expect(await online.run(verb, 'none')).toBe(2);
    expect(await offline.run(verb, 'none')).toBe(2);
    expect(offline.stderr.join('\n')).toContain('the store keeps no evidence of it');
  });

  test('list keeps on one document with --json while the store is away', async () => {
    served.store.isAway = true;

    expect(await online.run('list', '--json')).toBe(0);
    expect(JSON.parse(online.stdout.join(''))).toMatchObject({ experiments: [], troubles: [expect.any(String)] });
  });

  test('faults asks the API, and the drivers when there is none, and exits 2 when a system does not answer', async () => {
    const fault = {
      environment: 'demo',
      injectionId: 'i-1',
      experimentId: 'e',
      fault: 'sdk/error',
      lockKey: 'sdk:payment',
    };
    served.parts.faults.list = async () => ({
      faults: [{ ...fault, targets: ['charge'], notAfter: at }],
      troubles: [],
    });

    expect(await online.run('faults')).toBe(0);
    expect(online.stdout.join('\n')).toContain(`i-1  sdk/error  sdk:payment  demo  expires ${at}  charge`);
    expect(await offline.run('faults')).toBe(2);
    expect(offline.stdout.join('\n')).toContain('could not be asked: asked the drivers');
  });

  test('faults and sweep claim that nothing is there only when everything could be asked', async () => {
    expect(await online.run('faults')).toBe(0);
    expect(online.stdout.join('\n')).toBe('No fault of ours is there.');

    served.parts.faults.sweep = async () => ({ findings: [], troubles: ['sdk in demo: no answer'] });
    expect(await offline.run('faults')).toBe(2);
    expect(await online.run('sweep')).toBe(2);
    expect(offline.stdout[0]).toMatch(/^No fault of ours was found where it could be asked\./);
    expect(online.stdout[1]).toMatch(/^No fault of ours was found where it could be asked\./);
  });

  test('validate prints every problem at its place and exits 2', async () => {
    expect(await offline.run('validate', 'good.yaml', 'bad.yaml', 'bad-2.yaml')).toBe(2);
    expect(offline.stdout.join('\n')).toBe(
      'bad.yaml:3:5: expected a rate, found "20" (write 20/s)\nbad-2.yaml:3:5: expected a rate, found "20" (write 20/s)',
    );
    expect(await offline.run('validate', 'good.yaml')).toBe(0);
  });

  test('what nobody expected shows a stack only with --debug', async () => {
    offline.offline.validate = () => Promise.reject(new Error('odd'));

    expect(await offline.run('validate', 'x.yaml')).toBe(2);
    expect(offline.stderr.join('\n')).toContain('odd');
    expect(offline.stderr.join('\n')).not.toMatch(/\n\s+at /);

    await offline.run('validate', 'x.yaml', '--debug');
    expect(offline.stderr.join('\n')).toMatch(/\n\s+at /);
  });
});
