import { z } from 'zod';
import { errorCode } from '../error-code';
import { KubernetesFailure, type KubernetesFailureReason } from './kubernetes-failure';

/** The circumstances of a request that failed. */
export interface FailedRequest {
  doing: string;
  server: string;
  /** Must not get into the message. */
  secrets: string[];
  /** The caller had no more time for it. */
  isGivenUp: boolean;
  /** The request's own time was over. */
  isTooLate: boolean;
  requestTimeoutMs: number;
}

const answered = z.object({ code: z.number(), body: z.unknown() });
const status = z.object({
  kind: z.literal('Status'),
  message: z.string(),
  details: z.object({ causes: z.array(z.object({ reason: z.string().optional() })).optional() }).optional(),
});

/** What the library threw, as a sentence of ours: its own words carry headers, bodies and addresses. */
export function failureOf(error: unknown, request: FailedRequest): KubernetesFailure {
  const { reason, why } = explain(error, request);
  const message = `cannot ${request.doing} at ${request.server}: ${why}`;
  return new KubernetesFailure(reason, scrub(message, request.secrets));
}

function scrub(message: string, secrets: string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), message);
}

interface Explanation {
  reason: KubernetesFailureReason;
  why: string;
}

function explain(error: unknown, request: FailedRequest): Explanation {
  if (error === undefined)
    return { reason: 'failed', why: 'the answer is not that of an API server; check the address' };
  const answer = answered.safeParse(error).data;
  if (answer !== undefined && typeof answer.code === 'number') return explainAnswer(answer.code, answer.body);
  return { reason: 'unreachable', why: noAnswer(error, request) };
}

function explainAnswer(code: number, body: unknown): Explanation {
  const said = status.safeParse(typeof body === 'string' ? parseJson(body) : body).data;
  if (code === 401)
    return { reason: 'failed', why: 'it does not accept our credentials; check connections.kubernetes (401)' };
  const why = said === undefined ? `it answered ${code}` : `${said.message.slice(0, 300)} (${code})`;
  // Without a Status it is somebody else who cannot find something.
  if (code === 404) return { reason: said === undefined ? 'failed' : 'missing', why };
  if (code === 409) return { reason: 'conflict', why };
  // A disruption budget that says no answers 429 as well; that is an answer, not a lack of time.
  const isBudget = said?.details?.causes?.some(({ reason }) => reason === 'DisruptionBudget') ?? false;
  if (code === 429 && isBudget) return { reason: 'refused', why };
  return { reason: [400, 403, 405, 415, 422].includes(code) ? 'refused' : 'failed', why };
}

/** The code alone. */
function noAnswer(error: unknown, { isGivenUp, isTooLate, requestTimeoutMs }: FailedRequest): string {
  if (isGivenUp) return 'the call was given up before an answer came';
  if (isTooLate) return `no answer within ${requestTimeoutMs} ms`;
  return `${errorCode(error) ?? 'no usable answer'}; is the API server there, and is its certificate authority the one given?`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
