/** What `gameday init` writes; a test keeps it valid. */
export const starterFiles: { path: string; text: string }[] = [
  {
    path: 'environments/local.yaml',
    text: `# Where experiments may run, what may be harmed there, and within which limits. The owner of the platform keeps this file.
kind: environment
name: local
production: false

endpoints:
  app: http://127.0.0.1:8080

connections:
  noop: { directory: ../.gameday/noop }

# Only what is listed here can be a target.
targets:
  noop:
    - { name: anything }

limits:
  targetsMax: 1
  trafficPercentMax: 100
  injectionMax: 10m
  concurrentExperimentsMax: 1
  concurrentInjectionsMax: 1
`,
  },
  {
    path: 'scenarios/first.yaml',
    text: `# A first experiment that harms nothing: replace the fault by a real one, such as sdk/error, once it passes.
kind: experiment
name: first
environment: local
hypothesis: When nothing is harmed, the application answers as before.

signals:
  success-rate: { http: { url: '\${endpoints.app}/', method: GET, rate: 5/s }, measure: success-ratio }

steadyState:
  for: 10s
  expect: { success-rate: '>= 0.99' }

steps:
  - inject: noop/nothing
    target: { name: anything }
    for: 20s

during:
  expect: { success-rate: '>= 0.9 x baseline' }

recovery:
  within: 60s
`,
  },
];
