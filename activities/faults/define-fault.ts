import type { z } from 'zod';
import type { AnyFaultDriver, DriverTools, FaultDriver, Prepared } from '../../src/domain/fault-driver';
import { injectionId } from './injection-record';
import { Invalid } from './refused';

/**
 * Makes a driver that core code can hold: selector, parameters and connection are parsed on every way in, so that inside
 * they are what their schemas say. Whatever does not fit is an Invalid that names the place and never the value.
 */
export function defineFault<Params, Selector, Connection>(
  driver: FaultDriver<Params, Selector, Connection>,
): AnyFaultDriver {
  const { kind, summary, system, params, selector, capabilities, arm, renew } = driver;
  const inside = (tools: DriverTools<unknown>): DriverTools<Connection> => ({
    ...tools,
    connection: parse(system.connection, tools.connection, `the connection of ${system.name}`),
  });
  const readStep = (step: { target: unknown; params: unknown }) => ({
    target: parse(selector, step.target, `the target of ${kind}`),
    params: parse(params, step.params, `the parameters of ${kind}`),
  });
  const checkPrepared = (prepared: Prepared) => {
    parse(injectionId, prepared.injectionId, 'the injection id');
    parse(params, prepared.params, `the parameters of ${kind}`);
    return prepared;
  };
  return {
    ...{ kind, summary, system, params, selector, capabilities },
    survey: async (step, tools) => driver.survey(readStep(step), inside(tools)),
    prepare: async (prepared, tools) => driver.prepare(checkPrepared(prepared), inside(tools)),
    ...(arm && { arm: async (injection, tools) => arm(injection, inside(tools)) }),
    inject: async (injection, tools) => driver.inject(injection, inside(tools)),
    status: async (injection, tools) => driver.status(injection, inside(tools)),
    ...(renew && { renew: async (injection, until, tools) => renew(injection, until, inside(tools)) }),
    rollback: async (injection, tools) => driver.rollback(injection, inside(tools)),
    listFaults: async (tools) => driver.listFaults(inside(tools)),
  };
}

function parse<Value>(schema: z.ZodType<Value>, value: unknown, what: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.map(String).join('.'), message]);
  const sentences = problems.map(([path, message]) => (path === '' ? message : `${path}: ${message}`));
  throw new Invalid(`cannot use ${what}: ${sentences.join('; ')}`);
}
