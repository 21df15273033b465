/** What differs between the short scenarios of these tests. */
export interface ShortScenario {
  name: string;
  /** A whole entry of `steps`, as YAML in flow style. */
  inject?: string;
  /** More top-level YAML. */
  more?: string;
  steadyFor?: string;
  environment?: string;
}

/** Answers 503 to some of the charges; the shop falls back to its queue and nobody notices. */
export function paymentErrors(hold: string): string {
  return `{ inject: sdk/error, target: { service: payment, point: charge }, with: { status: 503, percent: 20 }, for: ${hold} }`;
}

/** Writes a marker file and harms nothing. */
export function nothing(hold: string): string {
  return `{ inject: noop/nothing, target: { name: anything }, for: ${hold} }`;
}

/** A scenario against the shop with windows of a second, so that it takes seconds. */
export function shortScenario({ name, inject, more, steadyFor, environment }: ShortScenario): string {
  return `kind: experiment
name: ${name}
environment: ${environment ?? 'demo'}
hypothesis: Nobody who buys something notices.
signals:
  success-rate:
    http:
      url: '\${endpoints.checkout}/checkout'
      method: POST
      rate: 20/s
      body: { orderId: '\${request.id}' }
    measure: success-ratio
    window: 1s
    every: 500ms
steadyState:
  for: ${steadyFor ?? '2s'}
  expect: { success-rate: '>= 0.9' }
steps:
  - ${inject ?? paymentErrors('4s')}
during:
  expect: { success-rate: '>= 0.5' }
guards:
  - { signal: success-rate, below: 0.2, for: 3 of 5 }
recovery:
  within: 30s
${more ?? ''}`;
}
