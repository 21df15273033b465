import { Lexer, Parser, type CST } from 'yaml';

const depthMax = 64;
const lexemesMax = 20_000;

/** The tokens of a text, or where it stops being something a person would write. */
export type BoundedTokens = { tokens: CST.Token[] } | { offset: number; message: string };

/**
 * Splits YAML into tokens and gives up early on a text nested too deep or made of too many parts: composing such a
 * text would exhaust the stack or the memory.
 */
export function boundedTokens(text: string): BoundedTokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    lexemes += 1;
    const message = overBound(parser.stack.length, lexemes);
    if (message !== undefined) return { offset: Math.min(parser.offset, text.length - 1), message };
  }
  tokens.push(...parser.end());
  return { tokens };
}

function overBound(depth: number, lexemes: number): string | undefined {
  if (depth > depthMax) return `expected at most ${depthMax} levels of nesting, found more`;
  if (lexemes > lexemesMax) return `expected at most ${lexemesMax} words and signs, found more`;
  return undefined;
}
