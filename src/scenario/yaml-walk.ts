import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Json, JsonObject } from '../domain/json';
import { show, type Path } from './finding';
import type { Position } from './source-document';

/** A part of a document with the offsets at which its key and its value begin. */
export interface Place {
  path: Path;
  key?: number;
  value: number;
}

/** Plain data from a composed document, the offsets of its parts, and what cannot be plain data. */
export interface Walked {
  tree: Json;
  places: Place[];
  mistakes: { offset: number; message: string }[];
}

const nodesMax = 10_000;
const levelsMax = 64;
const dangerousKeys = ['__proto__', 'constructor', 'prototype'];

/** Turns composed YAML into plain data; stops an alias that explodes or contains itself. */
export function walkYaml(document: Document.Parsed): Walked {
  const walk = new Walk();
  const tree = walk.node(document.contents, [], 0);
  return { tree, places: walk.places, mistakes: walk.mistakes };
}

class Walk {
  readonly places: Place[] = [];
  readonly mistakes: Walked['mistakes'] = [];
  // Looked up here, since the library's own look-up walks the whole document for each alias.
  private readonly anchors = new Map<string, unknown>();
  private isExhausted = false;
  /** The outermost alias that is being followed. */
  private aliasAt: number | undefined;

  /** The value of a node; `fallback` is where it would stand when the file leaves it out. */
  node(node: unknown, path: Path, fallback: number, key?: number): Json {
    const offset = offsetOf(node) ?? fallback;
    this.places.push({ path, value: offset, ...(key === undefined ? {} : { key }) });
    if (this.isTooMuch(path, offset)) return null;
    if (isAlias(node)) return this.alias(node, path, offset);
    this.remember(node);
    if (isMap(node)) return this.map(node, path, offset);
    if (isSeq(node)) return this.list(node, path, offset);
    return isScalar(node) ? this.scalar(node, offset) : null;
  }

  private aliased(target: unknown, path: Path, offset: number): Json {
    const outer = this.aliasAt;
    this.aliasAt = outer ?? offset;
    const value = this.node(target, path, offset);
    this.aliasAt = outer;
    return value;
  }

  private remember(node: unknown): void {
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
      this.anchors.set(node.anchor, node);
  }

  private isTooMuch(path: Path, offset: number): boolean {
    if (this.isExhausted) return true;
    this.isExhausted = this.places.length > nodesMax || path.length > levelsMax;
    if (this.isExhausted)
      this.mistake(this.aliasAt ?? offset, 'expected aliases that stay small, found some that grow without end');
    return this.isExhausted;
  }

  private alias(alias: Alias, path: Path, offset: number): Json {
    const target = this.anchors.get(alias.source);
    if (target !== undefined) return this.aliased(target, path, offset);
    this.mistake(offset, `expected an alias of an anchor that stands before it, found ${show(alias.source)}`);
    return null;
  }

  private map(map: YAMLMap, path: Path, offset: number): Json {
    const result: JsonObject = {};
    for (const pair of map.items) this.pair(pair, { result, path, offset });
    return result;
  }

  private pair(pair: Pair, into: { result: JsonObject; path: Path; offset: number }): void {
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    const offset = offsetOf(pair.key) ?? into.offset;
    const mistake = mistakeInKey(key, into.result);
    if (mistake !== undefined) return this.mistake(offset, mistake);
    const name = String(key);
    into.result[name] = this.node(pair.value, [...into.path, name], offset, offset);
  }

  private list(list: YAMLSeq, path: Path, offset: number): Json {
    return list.items.map((item, index) => this.node(item, [...path, index], offset));
  }

  private scalar(scalar: Scalar, offset: number): Json {
    const { value } = scalar;
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.mistake(offset, `expected a text, a finite number, true or false, found ${show(scalar.source)}`);
    return null;
  }

  private mistake(offset: number, message: string): void {
    this.mistakes.push({ offset, message });
  }
}

function mistakeInKey(key: unknown, holder: JsonObject): string | undefined {
  if (typeof key !== 'string' && typeof key !== 'number') return 'expected a text as key, found something else';
  if (dangerousKeys.includes(String(key))) return `expected a key of one's own, found "${key}", which no file may use`;
  if (Object.hasOwn(holder, String(key))) return `expected each key once, found "${key}" again`;
  return undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isAlias(node) || isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}

/** Places as lines and columns. */
export function positioned(
  places: Place[],
  at: (offset: number) => Position,
): { path: Path; key?: Position; value: Position }[] {
  return places.map(({ path, key, value }) => ({
    path,
    value: at(value),
    ...(key === undefined ? {} : { key: at(key) }),
  }));
}
