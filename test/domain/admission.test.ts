import { decideAdmission, type AdmissionRequest, type EnvironmentState, type Holder } from '../../src/domain/admission';
import { at } from '../fakes/evidence';

const holder = (id: string): Holder => ({ id, experimentId: id, since: at(0) });
const state = (over: Partial<EnvironmentState> = {}): EnvironmentState => ({
  ...{ name: 'demo', experiments: [], injections: [] },
  ...over,
});
const request = (over: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  ...{ kind: 'experiment', holder: holder('mine'), max: 1 },
  ...over,
});
const halted = { by: { name: 'maria', groups: ['sre'] }, reason: 'a real incident', at: at(0) };

describe('admission', () => {
  it('is given where there is room', () => {
    expect(decideAdmission(state(), request())).toEqual({ isAdmitted: true });
  });

  it('is refused where there is none, and names who holds the place and the limit', () => {
    const answer = decideAdmission(state({ experiments: [holder('other')] }), request());

    expect(answer).toEqual({
      isAdmitted: false,
      isHalted: false,
      heldBy: [holder('other')],
      reason: 'environment demo allows 1 at a time (concurrentExperimentsMax) and is held by other',
    });
  });

  it('is given again to who holds a place already', () => {
    expect(decideAdmission(state({ experiments: [holder('mine')] }), request())).toEqual({ isAdmitted: true });
  });

  it('counts experiments and injections apart', () => {
    const full = state({ experiments: [holder('other')] });

    expect(decideAdmission(full, request({ kind: 'injection' })).isAdmitted).toBe(true);
    expect(decideAdmission(state({ injections: [holder('other')] }), request({ kind: 'injection' }))).toMatchObject({
      isAdmitted: false,
      reason: expect.stringContaining('concurrentInjectionsMax'),
    });
  });

  it('is given up to the limit and not beyond', () => {
    const two = state({ injections: [holder('a'), holder('b')] });

    expect(decideAdmission(two, request({ kind: 'injection', max: 3 })).isAdmitted).toBe(true);
    expect(decideAdmission(two, request({ kind: 'injection', max: 2 })).isAdmitted).toBe(false);
    expect(decideAdmission(state(), request({ max: 0 })).isAdmitted).toBe(false);
  });

  it('is refused to everybody while halted, also to who holds a place, and says by whom and why', () => {
    const answer = decideAdmission(state({ halted, experiments: [holder('mine')] }), request());

    expect(answer).toMatchObject({ isAdmitted: false, isHalted: true });
    expect(answer).toHaveProperty(
      'reason',
      expect.stringMatching(/halted since .* by maria \(a real incident\); resume it/),
    );
  });

  it('takes no place by itself', () => {
    const empty = state();

    decideAdmission(empty, request());

    expect(empty.experiments).toEqual([]);
  });
});
