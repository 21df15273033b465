import type { YAMLError } from 'yaml';

const explanations: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'expected spaces for indentation, found a tab',
  BAD_INDENT: 'expected the indentation of the lines around it, found another',
  BAD_ALIAS: 'expected an alias of an anchor that stands before it, found none with that name',
  BAD_DQ_ESCAPE: 'expected an escape that YAML knows, found another; a backslash in double quotes is written \\\\',
  BAD_SCALAR_START: 'expected a value, found a sign that YAML keeps for itself; put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'expected one "key: value" on a line, found two; put a text that contains ": " in quotes',
  BLOCK_IN_FLOW: 'expected a list or map in brackets to go on in brackets, found indented lines',
  MISSING_CHAR: 'expected a sign that closes or separates what stands before it, found none',
  MULTILINE_IMPLICIT_KEY: 'expected a key on one line with a colon behind it, found none',
  MULTIPLE_DOCS: 'expected one document in a file, found a second',
  TAG_RESOLVE_FAILED: 'expected plain values, found a tag that is not known',
  RESOURCE_EXHAUSTION: 'expected less nesting, found too much to read',
};

/** What is wrong with a text as YAML, in our words where we have them. */
export function explainYamlError(error: YAMLError): string {
  if (/end with a [\]}]/.test(error.message)) return 'expected a bracket that closes this one, found none';
  if (error.message.startsWith('Block scalar header'))
    return 'expected a text in quotes, since one that begins with > or | means something else in YAML';
  return explanations[error.code] ?? `expected YAML, found a mistake: ${error.message.split('\n')[0] ?? error.code}`;
}
