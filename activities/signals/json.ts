import { defineSignal } from './define-signal';
import { openJsonProbe } from './json/probe';
import { jsonQuery } from './json/query';

/** A number, word or boolean of the system's own, fetched each time it is read. */
export const json = defineSignal({
  kind: 'json',
  summary: 'Reads a number, word or boolean from a JSON answer by JSONPath.',
  query: jsonQuery,
  measures: {
    value: { summary: 'The value at the path, at the moment of asking.', unit: 'value', isWindowed: false },
  },
  open: openJsonProbe,
});
