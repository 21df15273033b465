import { z } from 'zod';
import { describeFailure } from '../connection-failure';
import type { Exchanged } from '../exchange';

/** One number, or why there is none; with what Prometheus wanted to be known besides. */
export type Answer = ({ value: number } | Unknown) & { warnings: string[] };

/** Why an answer holds no number. */
interface Unknown {
  state: 'no-data' | 'error';
  reason: string;
}

const messageMax = 200;
const warningsMax = 10;

/** How Prometheus 2 marks what is only a hint among its warnings; since 3.0 these have a place of their own. */
const infoPrefix = 'PromQL info:';

const sample = z.tuple([z.number(), z.string()]);
const notes = z.array(z.string()).optional();
const success = z.object({
  status: z.literal('success'),
  data: z.union([
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ value: sample.optional() })),
    }),
    z.object({ resultType: z.literal('scalar'), result: sample }),
    z.object({ resultType: z.enum(['matrix', 'string']) }),
  ]),
  warnings: notes,
  infos: notes,
  isPartial: z.boolean().optional(),
});
const failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

/** Reads the answer to an instant query; a number is only ever a finite one of a single series. */
export function readAnswer(answer: Exchanged): Answer {
  if (answer.failure) return unknown('error', describeFailure(answer.failure));
  const document = parse(answer.text);
  const refused = failure.safeParse(document);
  if (refused.success) return unknown('error', refusal(refused.data));
  if (answer.status === 401 || answer.status === 403)
    return unknown('error', `answered with status ${answer.status}: check who asks, in connections.prometheus`);
  if (answer.status !== 200) return unknown('error', `answered with status ${answer.status}`);
  const read = success.safeParse(document);
  if (!read.success) return unknown('error', 'the answer is not one of Prometheus');
  const { data, warnings: told = [], infos = [] } = read.data;
  const warnings = [...told, ...infos].slice(0, warningsMax).map(short);
  return { ...(whyPartial(read.data) ?? oneNumber(data)), warnings };
}

/** Whoever speaks for several stores answers with what some of them know, and only says beside it that others are missing. */
function whyPartial({ warnings = [], isPartial }: z.infer<typeof success>): Unknown | undefined {
  const [first] = warnings.filter((text) => !text.startsWith(infoPrefix));
  if (first !== undefined) return { state: 'error', reason: `it warns that its answer may be wrong: ${short(first)}` };
  return isPartial === true ? { state: 'error', reason: 'its answer is only a part of what there is' } : undefined;
}

type Data = z.infer<typeof success>['data'];

function oneNumber(data: Data): { value: number } | Unknown {
  if (data.resultType === 'scalar') return finite(data.result[1]);
  if (data.resultType !== 'vector')
    return { state: 'error', reason: `the query yields a ${data.resultType}, expected one number` };
  const [only] = data.result;
  if (data.result.length > 1)
    return { state: 'error', reason: `the query yields ${data.result.length} series, expected one: aggregate them` };
  if (!only) return { state: 'no-data', reason: 'the query yields nothing' };
  if (!only.value) return { state: 'error', reason: 'the query yields a histogram, expected one number' };
  return finite(only.value[1]);
}

function finite(text: string): { value: number } | Unknown {
  if (text === 'NaN') return { state: 'no-data', reason: 'the query yields NaN: there was nothing to count' };
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return { value };
  const found = /^[+-]Inf$/.test(text) ? text : 'no number';
  return { state: 'error', reason: `the query yields ${found}: is something divided by zero?` };
}

/** What Prometheus says of a query of ours, which holds no secret; where it stands and what was expected is worth a lot. */
function refusal({ errorType, error }: z.infer<typeof failure>): string {
  return errorType === 'bad_data' ? `the query is refused: ${short(error)}` : `${short(errorType)}: ${short(error)}`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > messageMax ? `${line.slice(0, messageMax - 1)}…` : line;
}

function unknown(state: Unknown['state'], reason: string): Answer {
  return { state, reason, warnings: [] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
