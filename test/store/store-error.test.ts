import { storeErrorOf } from '../../src/store/store-error';

const name = 'postgres://db/evidence';

describe('what an engine says is wrong', () => {
  it.each([
    [{ code: '28P01', message: 'password authentication failed for user "ada"' }, 'unreachable', /refuses this user/],
    [{ code: '3D000', message: 'database "evidence" does not exist' }, 'unreachable', /create it/],
    [{ code: '42501', message: 'permission denied for schema public' }, 'unreachable', /may not write there/],
    [{ code: '25006', message: 'cannot execute INSERT in a read-only transaction' }, 'unreachable', /primary/],
    [{ code: 'ECONNREFUSED', message: '' }, 'unreachable', /nothing answers there/],
    [{ message: 'timeout exceeded when trying to connect' }, 'unreachable', /nothing answers there/],
    [{ message: 'Connection terminated due to connection timeout' }, 'unreachable', /nothing answers there/],
    [{ message: 'Query read timeout' }, 'unreachable', /nothing answers there/],
    [{ message: 'The server does not support SSL connections' }, 'unreachable', /check sslmode/],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed certificate' }, 'unreachable', /sslrootcert/],
    [{ code: '57P01', message: 'terminating connection due to administrator command' }, 'lost', /opened anew/],
    [{ code: '57P03', message: 'the database system is starting up' }, 'lost', /opened anew/],
    [{ code: '08006', message: 'connection failure' }, 'lost', /opened anew/],
    [{ code: 'ECONNRESET', message: 'read ECONNRESET' }, 'lost', /opened anew/],
    [{ message: 'Connection terminated unexpectedly' }, 'lost', /opened anew/],
    [{ message: 'Client has encountered a connection error and is not queryable' }, 'lost', /opened anew/],
    [{ code: '53300', message: 'sorry, too many clients already' }, 'lost', /no connection to spare/],
    [{ code: '40P01', message: 'deadlock detected' }, 'locked', /end that one or wait/],
    [{ code: '53100', message: 'could not extend file' }, 'full', /make room/],
    [{ message: 'Cannot use a pool after calling end on the pool' }, 'closed', /closed already/],
    [{ code: '22021', message: 'invalid byte sequence' }, 'failed', /22021: invalid byte sequence/],
  ])('%j', (error, code, message) => {
    const said = storeErrorOf('write to', name, error);

    expect(said.code).toBe(code);
    expect(said.message).toMatch(message);
    expect(said.message).toMatch(/^could not write to the evidence store postgres:\/\/db\/evidence: /);
  });
});
