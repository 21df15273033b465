import { z } from 'zod';

/** An http or https address; one that begins with a placeholder is checked when it is opened, filled in by then. */
export const httpUrl = z.string().refine((text) => beginsWithPlaceholder(text) || parseHttpUrl(text) !== undefined, {
  error: 'expected an http:// or https:// address without user name and password (give those as a header by reference)',
});

/** The address in a text, or undefined when it is not one that may be asked. */
function parseHttpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return isHttp && url.username === '' && url.password === '' ? url : undefined;
}

/** The address in a text. Errors: it is none, or a placeholder in it was never filled in. */
export function requireHttpUrl(text: string, key: string): URL {
  const url = parseHttpUrl(text);
  if (url) return url;
  throw new Error(`cannot open the signal: ${key} is no http address; was a placeholder left unfilled?`);
}

/** An address for people: without query and fragment, which may carry what is nobody's business. */
export function describeUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function beginsWithPlaceholder(text: string): boolean {
  return text.startsWith('${');
}
