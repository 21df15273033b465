import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { environmentJsonSchema, scenarioJsonSchema } from '../../src/scenario/json-schema';
import { fakeCatalogue } from '../fakes/catalogue';
import { goldenEnvironment } from './golden/environment';
import { soundScenario } from './golden/table';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const isScenario = ajv.compile(scenarioJsonSchema(fakeCatalogue));
const isEnvironment = ajv.compile(environmentJsonSchema(fakeCatalogue));

test('an editor accepts a sound scenario, variables in place of numbers included', () => {
  expect(isScenario(parse(soundScenario))).toBe(true);
});

test.each([
  ['an unknown key', 'during:', 'durign:'],
  ['an unknown fault', 'sdk/error', 'sdk/eror'],
  ['an unknown parameter of a fault', 'status: 503', 'statsu: 503'],
  ['a parameter out of range', 'status: 503', 'status: 200'],
  ['a query that its provider does not know', 'rate: 20/s', 'pace: 20/s'],
  ['a duration without unit', 'for: 60s', 'for: 60'],
])('an editor refuses %s', (_, part, by) => {
  expect(isScenario(parse(soundScenario.replace(part, by)))).toBe(false);
});

test('an editor accepts references wherever a connection wants a text', () => {
  expect(isEnvironment(parse(goldenEnvironment))).toBe(true);
});

test('an editor refuses a connection that its system does not know', () => {
  expect(isEnvironment(parse(goldenEnvironment.replace('token:', 'tokn:')))).toBe(false);
});
