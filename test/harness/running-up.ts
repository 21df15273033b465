import { z } from 'zod';
import { askRaw, type RawJson } from './ask-raw';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WatchedProcess } from './watched-process';
import type { Workplace } from './workplace';

/** A `gameday up` that is ready. */
export class RunningUp {
  private constructor(
    private readonly workplace: Workplace,
    readonly process: WatchedProcess,
    readonly url: string,
    readonly temporalAddress: string,
  ) {}

  /** Starts one and waits until it says that it is ready. */
  static async start(workplace: Workplace, words: string[] = [], env: Record<string, string> = {}): Promise<RunningUp> {
    const up = new WatchedProcess(workplace.start(['up', ...words], env));
    await up.says(/^Ready\./m);
    const [, url = ''] = await up.says(/^API +(\S+)$/m);
    const [, temporal = ''] = await up.says(/^Temporal +(\S+)$/m);
    return new RunningUp(workplace, up, url, temporal);
  }

  /** The token of whoever started it. */
  get token(): string {
    return readFileSync(join(this.workplace.dir, '.gameday', 'token'), 'utf8').trim();
  }

  /** One request to the API as the owner, or with another token. */
  ask(method: string, path: string, body?: object, token = this.token): Promise<RawJson> {
    return askRaw(this.url, token, method, `/api/v1${path}`, body);
  }

  /** Starts a scenario over HTTP and returns the experiment's id. */
  async begin(text: string, token = this.token): Promise<string> {
    const { status, body } = await this.ask('POST', '/experiments', { text }, token);
    if (status !== 201) throw new Error(`not started: ${status} ${JSON.stringify(body)}`);
    return z.object({ experimentId: z.string() }).parse(body).experimentId;
  }

  /** Stops it as Ctrl-C does, unless it has ended. */
  async stop(): Promise<void> {
    await this.process.end('SIGINT');
  }
}
