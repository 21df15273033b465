/** One piece of a PromQL text; a text in quotes and a range in brackets are one piece each. */
export interface Token {
  kind: 'word' | 'text' | 'braces' | 'range' | 'number' | 'sign';
  text: string;
}

const patterns: [Token['kind'] | undefined, RegExp][] = [
  [undefined, /^(?:\s+|#[^\n]*)/],
  ['text', /^(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|`[^`]*`)/],
  ['braces', /^\{(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|`[^`]*`|[^"'`{}])*\}/],
  ['range', /^\[[^[\]]*\]/],
  ['number', /^(?:0x[0-9a-f]+|(?:\d+(?:ms|[smhdwy]))+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i],
  ['word', /^[a-z_:][a-z0-9_:]*/i],
  ['sign', /^(?:[=!]~|[=!<>]=|[\s\S])/],
];

/** Cuts a PromQL text into its pieces, without white space and comments; what is no PromQL becomes single signs. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (let rest = query; rest !== '';) {
    const found = firstMatch(rest);
    if (found.kind) tokens.push({ kind: found.kind, text: found.text });
    rest = rest.slice(found.text.length);
  }
  return tokens;
}

function firstMatch(rest: string): { kind: Token['kind'] | undefined; text: string } {
  for (const [kind, pattern] of patterns) {
    const text = pattern.exec(rest)?.[0];
    if (text) return { kind, text };
  }
  return { kind: 'sign', text: rest.slice(0, 1) };
}
