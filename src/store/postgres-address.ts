/** A Postgres database as it was named by an address. */
export interface PostgresAddress {
  /** As the driver takes it; holds the password. */
  url: string;
  /** For people: host, port and database, nothing else. */
  name: string;
}

const example = 'postgres://user:password@host:5432/database';

/**
 * Reads the address of a database. Errors: it is none; the message does not repeat it, because it may carry a password.
 * `sslmode` means what it means to Postgres' own clients: `require` encrypts, `verify-ca` and `verify-full` also verify.
 */
export function parsePostgresAddress(text: string): PostgresAddress {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new Error(`expected the address of a Postgres database such as ${example}, special characters escaped`);
  const url = new URL(text);
  url.searchParams.set('uselibpqcompat', 'true');
  return { url: url.href, name: nameOf(url) };
}

function nameOf(url: URL): string {
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const port = url.port === '' ? '' : `:${url.port}`;
  return `postgres://${host}${port}${url.pathname}`;
}
