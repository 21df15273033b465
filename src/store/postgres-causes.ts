import type { Cause } from './store-error';

/** What Postgres, its driver and the network on the way say is wrong, the first that applies; codes are SQLSTATEs. */
export const postgresCauses: Cause[] = [
  {
    code: 'unreachable',
    signs: /28P01|28000|no password|SASL|no pg_hba/,
    help: 'it refuses this user; check name and password in DATABASE_URL',
  },
  { code: 'unreachable', signs: /3D000/, help: 'the server has no such database; create it, or correct DATABASE_URL' },
  {
    code: 'unreachable',
    signs: /42501|25006/,
    help: 'this user may not write there; grant it, or name the primary server in DATABASE_URL',
  },
  {
    code: 'unreachable',
    signs: /not support SSL|certificate|CERT_|ERR_TLS|ERR_SSL|SSL routines|EPROTO/i,
    help: 'no encryption was agreed; check sslmode and sslrootcert in DATABASE_URL',
  },
  { code: 'lost', signs: /53300/, help: 'it has no connection to spare; run fewer processes or let it take more' },
  {
    code: 'unreachable',
    signs:
      /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|connection timeout|trying to connect|read timeout/,
    help: 'nothing answers there; check DATABASE_URL, and that the database runs',
  },
  {
    code: 'lost',
    signs: /57P0[1-3]|^08\d{3}|ECONNRESET|EPIPE|Connection terminated|Connection ended|not queryable/,
    help: 'the connection was lost; it is opened anew as soon as the database answers',
  },
];
