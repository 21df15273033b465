/** The largest text that is read, in bytes; scenarios and environments are a few kilobytes. */
export const bytesMax = 256_000;

/** Says that a text is too large. */
export function tooLarge(bytes: number): string {
  return `expected at most ${bytesMax} bytes, found ${bytes}`;
}

// Built from text, since a pattern with real control characters cannot be read.
const controlCharacters = new RegExp('[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]');

/** Where a text stops being one that a person would write, whichever way it came; undefined when it does not. */
export function outOfBounds(text: string): { offset: number; message: string } | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > bytesMax) return { offset: 0, message: tooLarge(bytes) };
  const offset = text.search(controlCharacters);
  if (offset === -1) return undefined;
  const code = text.charCodeAt(offset).toString(16).padStart(4, '0').toUpperCase();
  return { offset, message: `expected text, found the control character U+${code}` };
}
