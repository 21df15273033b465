/** Text that is safe to stand in a page as it is; only `html` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing leaves no trace. */
export type Piece = Markup | string | number | undefined | false | Piece[];

/** A template whose every value is escaped unless it is markup itself, so that no text can become markup. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  const text = strings.map((part, index) => part + textOf(pieces[index])).join('');
  return new Markup(text);
}

function textOf(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (Array.isArray(piece)) return piece.map(textOf).join('');
  return piece instanceof Markup ? piece.text : escapeText(String(piece));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

// Control characters break a page; direction marks can make text read as what it is not. Both are shown instead.
const invisible: [first: number, last: number][] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
];

/** Makes text harmless in content and in quoted attributes. */
function escapeText(text: string): string {
  return Array.from(text, escapeSign).join('');
}

function escapeSign(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (invisible.some(([first, last]) => code >= first && code <= last))
    return `\\u${code.toString(16).padStart(4, '0')}`;
  return entities[sign] ?? sign;
}
