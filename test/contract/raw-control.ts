import { rawHttp, type RawAnswer } from './raw-http';
import type { TargetProcess } from './target-process';
import type { RawFault } from './world';

interface RawRule {
  id: string;
  state: string;
  leaseRemainingMs: number;
  remainingMs: number;
}

/** An application and its fault control as seen with plain HTTP. */
export class RawControl {
  constructor(
    private readonly target: TargetProcess,
    private readonly token: string,
  ) {}

  /** Calls the application at a point, one call after the other. */
  async call(point: string, calls: number): Promise<RawAnswer[]> {
    const answers: RawAnswer[] = [];
    for (let call = 0; call < calls; call += 1)
      answers.push(await rawHttp(this.target.port, 'GET', `/call/${point}?key=${call}`));
    return answers;
  }

  /** Its rules without what changes from instant to instant. */
  async rules(): Promise<Omit<RawRule, 'leaseRemainingMs' | 'remainingMs'>[]> {
    const { text } = await this.#control('GET', '/v1/rules');
    const { rules }: { rules: RawRule[] } = JSON.parse(text);
    return rules.map(({ leaseRemainingMs: _lease, remainingMs: _remaining, ...rest }) => rest);
  }

  /** Its rules as faults. */
  async faults(): Promise<RawFault[]> {
    return (await this.rules()).map(({ id, state }) => ({ injectionId: id, isActive: state === 'active' }));
  }

  /** Puts a rule of somebody else in effect. */
  async activate(id: string, point: string, tag: Record<string, string>): Promise<void> {
    const rule = {
      point,
      effect: { kind: 'error', status: 418 },
      percent: 1,
      leaseMs: 60_000,
      remainingMs: 60_000,
      tag,
    };
    const put = await this.#control('PUT', `/v1/rules/${id}`, rule);
    const activated = await this.#control('POST', `/v1/rules/${id}/activate`);
    if (put.status !== 201 || activated.status !== 200) throw new Error(`not planted: ${put.text} ${activated.text}`);
  }

  /** Whether its control answers. */
  async isThere(): Promise<boolean> {
    return this.#control('GET', '/v1/health').then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /** Removes every rule. */
  async clear(): Promise<void> {
    for (const { id } of await this.rules()) await this.#control('DELETE', `/v1/rules/${id}`, { remainingMs: 1 });
  }

  #control(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    return rawHttp(this.target.control, method, path, this.token, body);
  }
}
