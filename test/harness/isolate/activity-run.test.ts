import { ApplicationFailure } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time';
import { coresdk } from '@temporalio/proto';
import { ActivityRun } from './activity-run';
import type { Attempt, Fakes } from './attempt';
import { WorkerVanished } from './attempt';
import { decodeFailure } from './payloads';
import { VirtualClock } from './virtual-clock';

type Scheduled = coresdk.workflow_commands.IScheduleActivity;
type Resolution = coresdk.activity_result.IActivityResolution;

const { WAIT_CANCELLATION_COMPLETED } = coresdk.workflow_commands.ActivityCancellationType;

/** Runs one activity to its end in virtual time and says when and how it ended. */
async function play(
  fake: (input: never, attempt: Attempt) => Promise<unknown>,
  scheduled: Scheduled,
  during: (run: ActivityRun, clock: VirtualClock) => void = () => undefined,
) {
  const clock = new VirtualClock(0);
  const ends: { atMs: number; resolution: Resolution }[] = [];
  const isOver = (): boolean => ends.length > 0;
  const fakes = { armFault: fake } as Partial<Fakes> as Fakes;
  const asked = {
    activityType: 'armFault',
    activityId: '1',
    cancellationType: WAIT_CANCELLATION_COMPLETED,
    ...scheduled,
  };
  const run = new ActivityRun(
    asked,
    'w',
    clock,
    fakes,
    () => 0,
    (resolution) => {
      ends.push({ atMs: clock.nowMs, resolution });
    },
  );
  run.begin();
  during(run, clock);
  for (let turn = 0; turn < 1_000 && !isOver(); turn += 1) {
    await new Promise(setImmediate);
    if (!isOver()) clock.step();
  }
  return ends[0] ?? { atMs: clock.nowMs, resolution: {} };
}

const patient: Scheduled = {
  startToCloseTimeout: msToTs(10_000),
  retryPolicy: { initialInterval: msToTs(1_000), backoffCoefficient: 2, maximumInterval: msToTs(3_000) },
};

function causeOf({ resolution }: { resolution: Resolution }): string {
  const failure = decodeFailure(resolution.failed?.failure ?? resolution.cancelled?.failure);
  return failure.cause instanceof Error ? failure.cause.message : failure.message;
}

test('tries again with backoff until it succeeds', async () => {
  const tries: number[] = [];
  const fake = async (_input: never, attempt: Attempt): Promise<void> => {
    tries.push(attempt.nowMs);
    if (attempt.number < 5) throw new Error('not yet');
  };
  const end = await play(fake, patient);
  expect(end.resolution.completed).toBeDefined();
  expect(tries).toEqual([0, 1_000, 3_000, 6_000, 9_000]);
});

test('gives up when the next try would come too late', async () => {
  const end = await play(() => Promise.reject(new Error('never')), {
    ...patient,
    scheduleToCloseTimeout: msToTs(5_000),
  });
  expect(end.atMs).toBe(3_000);
  expect(causeOf(end)).toBe('never');
});

test('gives up after as many attempts as are allowed', async () => {
  const retryPolicy = { ...patient.retryPolicy, maximumAttempts: 3 };
  expect((await play(() => Promise.reject(new Error('no')), { ...patient, retryPolicy })).atMs).toBe(3_000);
});

test.each([
  ['says so', ApplicationFailure.nonRetryable('no', 'Other')],
  ['has a type that is final', ApplicationFailure.create({ message: 'no', type: 'Refused' })],
])('does not try again what %s', async (_what, error) => {
  const retryPolicy = { ...patient.retryPolicy, nonRetryableErrorTypes: ['Refused'] };
  const end = await play(() => Promise.reject(error), { ...patient, retryPolicy });
  expect(end.atMs).toBe(0);
  expect(causeOf(end)).toBe('no');
});

test('starts a second attempt while the first one hangs, and hears only the second', async () => {
  const fake = async (_input: never, attempt: Attempt): Promise<string> => {
    if (attempt.number === 1) await attempt.sleep(10_500);
    else await attempt.sleep(2_000);
    return `attempt ${attempt.number}`;
  };
  const end = await play(fake, patient);
  expect(end.atMs).toBe(13_000);
});

test('notices a vanished worker by its heartbeat, or else by the end of the attempt', async () => {
  const fake = async (_input: never, attempt: Attempt): Promise<void> => {
    if (attempt.number === 1) throw new WorkerVanished();
  };
  expect((await play(fake, { ...patient, heartbeatTimeout: msToTs(6_000) })).atMs).toBe(7_000);
  expect((await play(fake, patient)).atMs).toBe(11_000);
});

test('tells a heartbeating activity that it is cancelled, and takes its answer', async () => {
  const fake = async (_input: never, attempt: Attempt): Promise<string> =>
    (await attempt.sleepOrCancelled(9_000)) ?? '';
  const beating = { ...patient, heartbeatTimeout: msToTs(6_000) };
  const end = await play(fake, beating, (run, clock) => void clock.after(2_000, () => run.requestCancel()));
  expect(end.atMs).toBe(2_000);
  expect(end.resolution.completed).toBeDefined();
});

test('lets an activity without heartbeats finish, but tries no more once it is cancelled', async () => {
  const cancelAt = (run: ActivityRun, clock: VirtualClock): void => void clock.after(2_000, () => run.requestCancel());
  const slow = (_input: never, attempt: Attempt): Promise<void> => attempt.sleep(5_000);
  expect((await play(slow, patient, cancelAt)).atMs).toBe(5_000);
  const failing = async (_input: never, attempt: Attempt): Promise<void> => {
    await attempt.sleep(5_000);
    throw new Error('no');
  };
  const end = await play(failing, patient, cancelAt);
  expect(end.atMs).toBe(5_000);
  expect(end.resolution.failed).toBeDefined();
});

test('is cancelled at once between two attempts', async () => {
  const end = await play(
    () => Promise.reject(new Error('no')),
    patient,
    (run, clock) => {
      clock.after(500, () => run.requestCancel());
    },
  );
  expect(end.atMs).toBe(500);
  expect(end.resolution.cancelled).toBeDefined();
});
