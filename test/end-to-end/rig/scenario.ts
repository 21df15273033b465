import type { Side } from './side';

/** What differs from case to case; durations as a scenario writes them. */
export interface ScenarioOptions {
  hold: string;
  environment?: string;
  baseline?: string;
  lease?: string;
  injectWithin?: string;
  rollbackWithin?: string;
  recovery?: string;
  /** The path that is probed; `/order` tolerates the fault. */
  path?: string;
  /** What recovery waits for instead of steady state. */
  recovered?: string;
  /** Asks this group first. */
  approvalFrom?: string;
  approvalExpiresIn?: string;
  isRepeated?: boolean;
}

/** A scenario on one side: the application is probed, and must go on answering although the fault is there. */
export function scenario(side: Side, options: ScenarioOptions): string {
  const { hold, environment = side.name, baseline = '2s', lease = '15s', rollbackWithin = '5s' } = options;
  const step = `  - ${side.step}\n    for: ${hold}\n    injectWithin: ${options.injectWithin ?? '10s'}\n    lease: ${lease}\n`;
  return `kind: experiment
name: ${side.name}-survives
environment: ${environment}
hypothesis: The application answers although charging fails.
signals:
  success: { http: { url: '\${endpoints.app}${options.path ?? '/order'}', rate: 10/s }, measure: success-ratio, window: 2s, every: 1s }
steadyState: { for: ${baseline}, expect: { success: '>= 0.99' } }
steps:
${step}${options.isRepeated ? `  - pause: 1s\n${step}` : ''}during: { expect: { success: '>= 0.9' } }
recovery: { within: ${options.recovery ?? '30s'}${options.recovered ? `, expect: { success: '${options.recovered}' }` : ''} }
rollbackWithin: ${rollbackWithin}
${approvalLine(options)}`;
}

function approvalLine({ approvalFrom, approvalExpiresIn = '2m' }: ScenarioOptions): string {
  return approvalFrom ? `approval: { from: [${approvalFrom}], expiresIn: ${approvalExpiresIn} }\n` : '';
}
