import type { ExperimentAnswer } from '../../../src/api/answers';
import { eventually } from '../../contract/eventually';

/** An experiment that has ended, with all that is known of it. */
export type Ended = ExperimentAnswer & Required<Pick<ExperimentAnswer, 'evidence' | 'verdict'>>;

/** The product's HTTP API as any client speaks to it. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** One request; the answer whatever its status. */
  async ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Posts and expects success. */
  async post(path: string, body: unknown): Promise<unknown> {
    const answer = await this.ask('POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Starts an experiment and gives its id; a busy machine is asked again, since a start that was denied never runs. */
  async start(text: string): Promise<string> {
    for (let left = 5; ; left -= 1) {
      const answer = await this.ask('POST', '/experiments', { text });
      if (answer.status === 201) return String(Object(answer.body).experimentId);
      if (answer.status !== 503 || left === 0) throw new Error(`not started: ${JSON.stringify(answer)}`);
    }
  }

  /** What an experiment tells, or undefined while a part that must be asked is away. */
  async show(experimentId: string): Promise<ExperimentAnswer | undefined> {
    const answer = await this.ask('GET', `/experiments/${experimentId}`).catch(() => undefined);
    return answer?.status === 200 ? (answer.body as ExperimentAnswer) : undefined;
  }

  /** Waits until an experiment is in a phase. */
  async untilPhase(experimentId: string, phase: string, withinMs = 60_000): Promise<void> {
    await eventually(`${experimentId} in ${phase}`, withinMs, async () => {
      return (await this.show(experimentId))?.progress?.phase === phase;
    });
  }

  /** Waits until an experiment has ended and its evidence is stored. */
  async untilEnded(experimentId: string, withinMs: number): Promise<Ended> {
    let last: ExperimentAnswer | undefined;
    let ended: Ended | undefined;
    await eventually(`the end of ${experimentId}`, withinMs, async () => {
      last = (await this.show(experimentId)) ?? last;
      if (last?.evidence && last.verdict) ended = { ...last, evidence: last.evidence, verdict: last.verdict };
      return ended !== undefined;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}; last seen: ${JSON.stringify(last?.progress ?? {}).slice(0, 3_000)}`);
    });
    if (!ended) throw new Error(`${experimentId} ended without evidence`);
    return ended;
  }
}
