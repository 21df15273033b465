import { dirname, relative, resolve, sep } from 'node:path';
import { DIRECTIONS, TEST_WHY } from './import-directions.mjs';

const isBelow = (path, folder) => path === folder || path.startsWith(`${folder}/`);

function matches(imported, pattern) {
  if (pattern === 'packages:*') return imported.kind === 'package';
  if (pattern.endsWith('/*')) return imported.kind === 'package' && imported.path.startsWith(pattern.slice(0, -1));
  if (pattern === 'node:*') return imported.path.startsWith('node:');
  return isBelow(imported.path, pattern);
}

/** What is imported: a path of this project (without its extension), a built-in module, or a package. */
function describeImport(source, file, projectDir) {
  if (source.startsWith('node:')) return { kind: 'built-in', path: source };
  if (!source.startsWith('.')) return { kind: 'package', path: source };
  return {
    kind: 'project',
    path: relative(projectDir, resolve(dirname(file), source))
      .split(sep)
      .join('/'),
  };
}

function directionOf(path) {
  const areas = Object.keys(DIRECTIONS).filter((area) => isBelow(path, area));
  return DIRECTIONS[areas.sort((first, second) => second.length - first.length)[0]];
}

// The nearer pattern decides: `src` may be forbidden while `src/domain` is allowed, a package while all others are allowed.
const rank = (pattern) => (pattern === 'packages:*' ? 0 : pattern.length);

function nearest(imported, patterns = []) {
  return Math.max(-1, ...patterns.filter((pattern) => matches(imported, pattern)).map(rank));
}

function violates({ never, mayImport, types }, imported, isType) {
  const allowed = Math.max(nearest(imported, mayImport), isType ? nearest(imported, types) : -1);
  const forbidden = Math.max(nearest(imported, never), isType ? -1 : nearest(imported, types));
  return forbidden > allowed || (mayImport !== undefined && allowed < 0);
}

function objectionTo(source, isType, file, projectDir) {
  const path = relative(projectDir, file).split(sep).join('/');
  const imported = describeImport(source, file, projectDir);
  if (imported.kind === 'project' && isBelow(imported.path, 'test') && !isBelow(path, 'test')) return TEST_WHY;
  const direction = directionOf(path);
  return direction !== undefined && violates(direction, imported, isType) ? direction.why : undefined;
}

function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const named = node.specifiers ?? [];
  return named.length > 0 && named.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

/** The lint rule that keeps imports in the directions of import-directions.mjs and says what a violation means. */
export const importDirection = {
  meta: { type: 'problem', schema: [], messages: { violation: "'{{source}}' may not be imported here. {{why}}" } },
  create(context) {
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const why = objectionTo(node.source.value, isTypeOnly(node), context.filename, context.cwd);
      if (why !== undefined) context.report({ node, messageId: 'violation', data: { source: node.source.value, why } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
