import type { Configuration, ConfigurationOptions, KubeConfig } from '@kubernetes/client-node' with {
  'resolution-mode': 'import',
};
import { failureOf } from './failure-of';
import type { Library } from './library';
import { secretsIn } from './read-kubeconfig';

/** One request takes at most this long, well below what any activity may take. */
const requestTimeoutMs = 2_000;

type Ask<Value> = (configuration: Configuration, options: ConfigurationOptions) => Promise<Value>;

/** Sends requests to one API server, each bounded in time; throws a KubernetesFailure for whatever was not granted. */
export class Requests {
  constructor(
    readonly library: Library,
    private readonly config: KubeConfig,
    private readonly signal: AbortSignal,
  ) {}

  /** An answer of another kind than `kind` comes from something else at this address, and must not pass for one. */
  async ask<Value extends { kind?: string }>(doing: string, kind: string | undefined, ask: Ask<Value>): Promise<Value> {
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(requestTimeoutMs)]);
    const about = { doing, server: this.#server(), secrets: secretsIn(this.config), requestTimeoutMs };
    try {
      const value = await ask(this.#configuration(signal), {});
      if (kind === undefined || value.kind === kind) return value;
    } catch (error) {
      throw failureOf(error, { ...about, isGivenUp: this.signal.aborted, isTooLate: signal.aborted });
    }
    throw failureOf(undefined, { ...about, isGivenUp: false, isTooLate: false });
  }

  #server(): string {
    return this.config.getCurrentCluster()?.server ?? '';
  }

  #configuration(signal: AbortSignal): Configuration {
    const { createConfiguration, ServerConfiguration } = this.library;
    return createConfiguration({
      baseServer: new ServerConfiguration(this.#server(), {}),
      authMethods: { default: this.config },
      promiseMiddleware: [
        {
          pre: async (context) => {
            context.setSignal(signal);
            return context;
          },
          post: async (context) => context,
        },
      ],
    });
  }
}
