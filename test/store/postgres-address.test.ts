import { parsePostgresAddress } from '../../src/store/postgres-address';

describe('the address of a database', () => {
  it.each([
    ['postgres://ada:p%40ss@db:5433/evidence', 'postgres://db:5433/evidence'],
    ['postgresql://db/evidence?sslmode=require', 'postgres://db/evidence'],
    ['postgresql:///evidence?host=/var/run/postgresql', 'postgres:///var/run/postgresql/evidence'],
    ['postgres://ada:secret@[::1]:5432/evidence', 'postgres://[::1]:5432/evidence'],
  ])('%s is called %s', (text, name) => {
    expect(parsePostgresAddress(text).name).toBe(name);
  });

  it('reaches the driver whole, with the meaning of sslmode that Postgres has', () => {
    const { url } = parsePostgresAddress('postgres://ada:p%40ss@db/evidence?sslmode=require');

    expect(url).toBe('postgres://ada:p%40ss@db/evidence?sslmode=require&uselibpqcompat=true');
  });

  it.each(['', 'evidence.db', 'http://ada:secret@db/evidence', 'postgres://ada:secret#x@:y/z'])(
    'is refused without being repeated: %s',
    (text) => {
      expect(() => parsePostgresAddress(text)).toThrow(/expected the address of a Postgres database/);
      expect(() => parsePostgresAddress(text)).not.toThrow(/secret|evidence\.db/);
    },
  );
});
