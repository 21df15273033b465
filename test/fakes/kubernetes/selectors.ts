import { badRequest } from './api-failure';
import type { StoredObject } from './stored-object';

type Test = (object: StoredObject) => boolean;

const setBased = /^([^\s!=]+)\s+(in|notin)\s+\(([^)]*)\)$/;

/** Whether an object fits a label selector: `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`. */
export function labelTest(selector: string | null): Test {
  const tests = splitTerms(selector ?? '').map(labelTerm);
  return (object) => tests.every((test) => test(object));
}

/** Whether an object fits a field selector; only the fields below can be asked for. */
export function fieldTest(selector: string | null): Test {
  const tests = splitTerms(selector ?? '').map(fieldTerm);
  return (object) => tests.every((test) => test(object));
}

/** Commas between brackets do not separate terms. */
function splitTerms(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

function labelTerm(term: string): Test {
  const valueOf = (object: StoredObject, key: string) => object.metadata.labels?.[key];
  const [, setKey = '', operator, list = ''] = setBased.exec(term) ?? [];
  const values = list.split(',').map((value) => value.trim());
  if (operator === 'in') return (object) => values.includes(valueOf(object, setKey) ?? '\0');
  if (operator === 'notin') return (object) => !values.includes(valueOf(object, setKey) ?? '\0');
  const [, key = '', sign, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
  if (sign === '!=') return (object) => valueOf(object, key.trim()) !== value?.trim();
  if (sign !== undefined) return (object) => valueOf(object, key.trim()) === value?.trim();
  if (/^![\w./-]+$/.test(term)) return (object) => valueOf(object, term.slice(1)) === undefined;
  if (/^[\w./-]+$/.test(term)) return (object) => valueOf(object, term) !== undefined;
  throw badRequest(`unable to parse label selector term "${term}"`);
}

const fields: Record<string, (object: StoredObject) => string | undefined> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace,
  'status.phase': ({ status }) => status?.phase,
  'spec.nodeName': ({ spec }) => spec?.nodeName,
};

function fieldTerm(term: string): Test {
  const [, field = '', sign, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
  const read = fields[field];
  if (read === undefined) throw badRequest(`field label not supported: ${field || term}`);
  return (object) => ((read(object) ?? '') === value) === (sign !== '!=');
}
