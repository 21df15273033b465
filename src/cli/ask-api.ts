import type { IncomingMessage } from 'node:http';
import type { ErrorAnswer, ProblemsAnswer } from '../api/answers';
import { ApiRefusal, NotReachable } from './cli-error';
import { readText, sendHttp, type HttpRequest } from './http';
import type { ApiAccess } from './world';

/** One question to the API; with a body it is a POST. */
export interface ApiQuestion {
  path: string;
  body?: object;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** No limit, for a stream. */
  isStream?: boolean;
}

// Drivers may take their time (a sweep up to 10 s per driver); the server itself answers 503 within 2 s.
const answerWithinMs = 30_000;

/** Asks and returns the text of the answer. Errors: `NotReachable` (also for 503), or `ApiRefusal`. */
export async function askApi(access: ApiAccess, question: ApiQuestion): Promise<string> {
  return readText(await openApi(access, question));
}

/** Asks and returns the answer as it begins. */
export async function openApi(access: ApiAccess, question: ApiQuestion): Promise<IncomingMessage> {
  const response = await send(access, question);
  if (response.statusCode !== undefined && response.statusCode < 400) return response;
  throw refusalOf(response.statusCode ?? 0, await readText(response), question, access);
}

async function send(
  { url, token }: ApiAccess,
  { path, body, headers, signal, isStream }: ApiQuestion,
): Promise<IncomingMessage> {
  const request: HttpRequest = {
    method: body ? 'POST' : 'GET',
    url: new URL(`/api/v1${path}`, url),
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(isStream ? {} : { timeoutMs: answerWithinMs }),
    ...(signal ? { signal } : {}),
  };
  try {
    return await sendHttp(request);
  } catch (error) {
    throw new NotReachable(`Could not ask the API at ${url}`, reasonOf(error), helpWithApi);
  }
}

const helpWithApi =
  'Is it running ("gameday up", "gameday server"), and is GAMEDAY_URL right? "gameday doctor" says more.';

function reasonOf(error: unknown): string {
  const { code, message } = error as Partial<Record<'code' | 'message', unknown>>;
  const said = [message, code].filter((one): one is string => typeof one === 'string' && one !== '');
  // Node's messages mostly name the code already; one that sums up several attempts has the code alone.
  return ((said[0] ?? '').includes(String(code)) ? said.slice(0, 1) : said).join(' ') || 'it does not answer';
}

function refusalOf(status: number, text: string, { path }: ApiQuestion, access: ApiAccess): Error {
  const { error, why, help, problems } = parse(text);
  const attempt = error ?? `Could not ask for ${path}`;
  const reason = why ?? `the answer was ${status}, in words that are not Gameday's`;
  if (status === 401) return unknownToken(access, reason);
  if (status === 503) return new NotReachable(attempt, reason, help ?? helpWithApi);
  return new ApiRefusal(status, attempt, reason, help ?? helpWithApi, problems);
}

function unknownToken({ url, tokenFrom = 'the token' }: ApiAccess, reason: string): ApiRefusal {
  const help = 'Set GAMEDAY_TOKEN to one that "gameday token add NAME --group G" printed where that API runs.';
  return new ApiRefusal(
    401,
    `Could not ask the API at ${url}`,
    `${tokenFrom} is not valid at ${url} (${reason})`,
    help,
  );
}

function parse(text: string): Partial<ErrorAnswer & ProblemsAnswer> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
