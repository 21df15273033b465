/** The environment of the golden rows: small limits, and an approval that nobody can waive. */
export const goldenEnvironment = `kind: environment
name: demo
endpoints:
  checkout: { file: checkout.url }
connections:
  sdk: { payment: { url: "http://127.0.0.1:1", token: { env: PAYMENT_TOKEN } } }
  noop: { directory: markers }
targets:
  sdk: [{ service: payment, points: [charge, refund] }]
  noop: [{ name: anything }]
limits: { targetsMax: 2, trafficPercentMax: 50, injectionMax: 10m, concurrentInjectionsMax: 2 }
approval: { from: [sre], required: 1 }
`;
