/** A status and what came with it, parsed. */
export interface RawJson {
  status: number;
  body: unknown;
}

/** Asks an address as anybody could, with or without a token. */
export async function askRaw(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: object,
): Promise<RawJson> {
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${url}${path}`, { method, headers, ...sent });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}
