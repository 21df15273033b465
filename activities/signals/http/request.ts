import { requireHttpUrl } from '../http-url';
import type { HttpQuery } from './query';

/** What stands for a fresh unique id in a query's url, headers and body. */
export const requestId = '${request.id}';

/** One request with its id filled in. */
interface HttpRequest {
  id: string;
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/** Makes the request for an id. Errors: the url is no address. */
export function makeRequest(query: HttpQuery, headers: Record<string, string>, id: string): HttpRequest {
  const fill = (text: string) => text.replaceAll(requestId, id);
  const filled = Object.entries(headers).map(([name, value]): [string, string] => [name, fill(value)]);
  const request = { id, url: requireHttpUrl(fill(query.url), 'url'), headers: Object.fromEntries(filled) };
  return query.body === undefined ? request : { ...request, body: fill(JSON.stringify(query.body)) };
}
