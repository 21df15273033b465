import { InvalidConfig, parseConfig } from '../src/config';

test('nothing set is enough', () => {
  expect(parseConfig({})).toMatchObject({
    stateDirectory: '.gameday',
    environmentsDirectory: 'environments',
    mayColor: true,
    isCi: false,
  });
});

test('NO_COLOR counts unless it is empty, CI unless it is false', () => {
  expect(parseConfig({ NO_COLOR: '', CI: 'false' })).toMatchObject({ mayColor: true, isCi: false });
  expect(parseConfig({ NO_COLOR: '1', CI: 'true' })).toMatchObject({ mayColor: false, isCi: true });
});

test('every problem is told at once, and no value', () => {
  const parse = () => parseConfig({ GAMEDAY_URL: 'not-an-address', GAMEDAY_SEAL_KEY: 'short-key', DATABASE_URL: '' });
  expect(parse).toThrow(InvalidConfig);
  expect(parse).toThrow(/GAMEDAY_URL.*GAMEDAY_SEAL_KEY.*DATABASE_URL/);
  expect(parse).not.toThrow(/short-key|not-an-address/);
});

test('the address of a database is one of Postgres, and is not repeated when it is none', () => {
  const databaseUrl = 'postgres://ada:p%40ss@db/evidence?sslmode=require';
  expect(parseConfig({ DATABASE_URL: databaseUrl })).toMatchObject({ databaseUrl });
  for (const wrong of ['mysql://ada:planted@db/evidence', 'evidence.db', 'postgres://ada:planted#1@:x/'])
    expect(() => parseConfig({ DATABASE_URL: wrong })).toThrow(
      /^(?!.*planted).*DATABASE_URL must be an address such as/,
    );
});
