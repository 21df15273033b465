import type { Malformation } from './effect';

/** A spoilt copy of a body: half of it for `truncated`, else exactly as long, so that announced lengths stay true. */
export function malformBody(body: Buffer, how: Malformation): Buffer {
  if (how === 'truncated') return body.subarray(0, Math.floor(body.length / 2));
  return how === 'broken-json' ? breakJson(body) : changeType(body);
}

/** A comma in the first place makes any text something that no JSON parser accepts. */
function breakJson(body: Buffer): Buffer {
  const broken = Buffer.from(body);
  if (broken.length > 0) broken.write(',', 0);
  return broken;
}

/** A list becomes of what is no list, and a string of what is one; a single digit has no other type and is broken. */
function changeType(body: Buffer): Buffer {
  if (body.length < 2) return breakJson(body);
  const isList = body.toString('utf8').trimStart().startsWith('[');
  const [open, fill, close] = isList ? ['"', 'x', '"'] : ['[', ' ', ']'];
  return Buffer.from(open + fill.repeat(body.length - 2) + close);
}
