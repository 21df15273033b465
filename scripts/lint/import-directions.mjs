/**
 * Who may import whom. `mayImport` and `types` hold folders of this project, packages, and whole families of them
 * (`node:*`, `@temporalio/*`, `packages:*` for every package); `types` are allowed as types only, `never` wins over both,
 * and a missing `mayImport` allows all else. The longest matching folder decides.
 */
export const DIRECTIONS = {
  'src/domain': {
    mayImport: ['src/domain'],
    types: ['zod'],
    why: 'src/domain is the dictionary that workflows, activities and the CLI share: it imports nothing but itself, so that it runs everywhere, also inside the workflow isolate. Move the need for this import to the caller.',
  },
  workflows: {
    mayImport: ['workflows', 'src/domain', '@temporalio/workflow', '@temporalio/common'],
    types: ['activities'],
    why: 'Workflow code is replayed in an isolate: whatever reads the outside world breaks replay and strands experiments with a fault in effect. Use an activity, imported as a type; workflows import src/domain and @temporalio/workflow.',
  },
  activities: {
    never: [
      ...['src', 'workflows', 'sdk', 'fastify', '@fastify/*', 'commander', 'kysely', 'libsql', 'yaml'],
      ...['@temporalio/client', '@temporalio/worker', '@temporalio/workflow'],
    ],
    mayImport: [
      'activities',
      'src/domain',
      'zod',
      '@temporalio/activity',
      '@temporalio/common',
      'node:*',
      'packages:*',
    ],
    why: 'A driver must be able to roll back with nothing but its injection: activities import src/domain, zod, @temporalio/activity and the SDKs of outside systems. Hand anything else in through the tools.',
  },
  'src/scenario': {
    mayImport: ['src/scenario', 'src/domain', 'zod', 'yaml', 'node:crypto'],
    why: 'Turning text into a plan must give the same answer anywhere: src/scenario is pure over src/domain, zod and yaml. Read files and environments in the caller and pass the text in.',
  },
  'src/judge': {
    mayImport: ['src/judge', 'src/domain'],
    why: 'A verdict follows from evidence alone: src/judge is pure over src/domain, so that anyone can judge stored evidence again and get the same answer.',
  },
  'src/report': {
    mayImport: ['src/report', 'src/domain'],
    why: 'A renderer turns evidence into text and does nothing else: src/report is pure over src/domain. Fetch in the caller and pass the evidence in.',
  },
  'src/config.ts': {
    mayImport: ['zod', 'node:*'],
    why: 'The settings are read by the entry points before anything else is loaded: src/config.ts imports zod and Node alone.',
  },
  'src/store': {
    mayImport: ['src/store', 'src/domain', 'kysely', 'libsql', 'pg', 'zod', 'node:*'],
    why: 'The evidence store is a projection that may be down: it knows src/domain and its database, never Temporal, drivers or the API.',
  },
  'src/sweep': {
    never: ['src/store', 'src/api', 'src/client', 'src/cli', 'src/worker', 'workflows', '@temporalio/*'],
    why: 'The sweep removes faults while Temporal, the store and the API are down, so it imports drivers and environment files only. Pass what it should know about a workflow in as a function.',
  },
  'src/sentinel': {
    never: ['src/store', 'src/api', 'src/client', 'src/cli', 'src/worker', 'workflows', '@temporalio/*'],
    why: 'The sentinel must survive everything else: it needs only the environment file, the drivers and the sweep.',
  },
  'src/embedded': {
    never: ['src/cli'],
    why: 'The command line starts the embedded parts, not the other way round.',
  },
  'src/client': {
    never: ['src/cli', 'src/api', 'src/worker', 'src/store'],
    mayImport: ['src', 'workflows', 'packages:*', 'node:*'],
    types: ['activities'],
    why: 'The client only carries messages to workflows; loading activities, the store or a server with it would drag privileged code into every caller.',
  },
  'src/api': {
    never: ['src/cli', 'src/worker', '@temporalio/*'],
    why: 'The API reaches Temporal through src/client alone, so that stop verbs and the API cannot differ in what they send.',
  },
  'src/server': {
    never: ['src/cli'],
    why: 'The command line starts a server, not the other way round.',
  },
  'src/worker': {
    never: ['src/cli', 'src/api'],
    why: 'The path of safety depends on Temporal and the target alone: a worker never needs the API or the command line.',
  },
  'src/cli': {
    types: ['src/client', 'src/worker', '@temporalio/*'],
    mayImport: ['src', 'activities', 'sdk', 'packages:*', 'node:*'],
    why: 'The command line talks to the API over HTTP. Load the Temporal SDK, src/client and src/worker with import() where the embedded server is started or a stop verb falls back to Temporal, so that every other verb starts without them.',
  },
  sdk: {
    mayImport: ['sdk', 'node:*'],
    why: 'The SDK runs inside production applications: it has no dependencies at all.',
  },
  'examples/shop': {
    mayImport: ['examples/shop', '@gameday/sdk', '@redis/client', 'pg', 'node:*'],
    why: 'The shop stands for an application that knows Gameday only through its SDK, and its own systems through their clients.',
  },
};

/** What an import of test/ from outside it violates. */
export const TEST_WHY =
  'Nobody imports test/: what production code needs does not live among the tests. Move it to where its concept lives.';
