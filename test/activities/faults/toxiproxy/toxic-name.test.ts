import { lockKeyOf, targetOf } from '../../../../activities/faults/toxiproxy/targets';
import { injectionNamed, kindIn, markerName, toxicName } from '../../../../activities/faults/toxiproxy/toxic-name';
import { anInjection } from '../../../fakes/injection';

const lockKey = lockKeyOf('http://localhost:8474', 'redis');
const injection = anInjection({
  fault: 'toxiproxy/latency',
  lockKey,
  targets: [targetOf(lockKey, { proxy: 'redis', stream: 'upstream' })],
  params: { delay: '300ms', jitter: '0ms', percent: 40 },
});

describe('the name of a toxic', () => {
  it('tells the whole injection back', () => {
    expect(injectionNamed(toxicName(injection), 'redis')).toEqual(injection);
    expect(injectionNamed(markerName(injection), 'redis')).toEqual(injection);
  });

  it('begins with the injection id, the harm and when it must be gone, and fits into a path', () => {
    const [id, harm, notAfter, rest = ''] = toxicName(injection).split('.');
    expect([id, harm]).toEqual([`gd-${injection.injectionId}`, 'latency']);
    expect(parseInt(notAfter ?? '', 36)).toBe(Date.parse(injection.notAfter));
    expect(encodeURIComponent(rest)).toBe(rest);
    expect(toxicName(injection).length).toBeLessThan(1_000);
  });

  it('is the same however the injection was written down', () => {
    const { params: _params, ...rest } = injection;
    const reordered = { params: { percent: 40, jitter: '0ms', delay: '300ms' }, ...rest };
    expect(toxicName(reordered)).toBe(toxicName(injection));
  });

  it.each([
    ['another name', 'latency_downstream'],
    ['a name of ours without the rest', 'gd-somebody-1-1'],
    ['a rest that is no record', 'gd-somebody-1-1.latency.zzz.AAAA'],
    ['more behind it', `${toxicName(injection)}.more`],
  ])('is not read from %s', (_, name) => {
    expect(injectionNamed(name, 'redis')).toBeUndefined();
  });

  it('is not read on another proxy', () => {
    expect(injectionNamed(toxicName(injection), 'postgres')).toBeUndefined();
  });

  it('says which kind it is of even when the rest cannot be read', () => {
    expect(kindIn('gd-somebody-1-1.reset-peer.zzz.AAAA')).toBe('toxiproxy/reset-peer');
    expect(kindIn('gd-somebody')).toBeUndefined();
  });
});
