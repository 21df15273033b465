import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLocalToken, localOwnerName, localTokenFileOf, readLocalToken } from '../../src/people/local-token';
import { addToken, removeToken } from '../../src/people/manage-tokens';
import { peopleFileOf, readTokenOwners } from '../../src/people/people-file';
import { peopleIn } from '../../src/people/people-source';
import { hashToken, isSameHash } from '../../src/people/token';

describe('people', () => {
  let stateDir: string;
  const now = new Date('2026-01-01T00:00:00.000Z');

  beforeEach(async () => {
    stateDir = join(await mkdtemp(join(tmpdir(), 'gameday-people-')), 'state');
  });

  afterEach(() => rm(stateDir, { recursive: true, force: true }));

  test('a token speaks for the person and groups it was added for, from the next look on', async () => {
    const people = peopleIn(stateDir);
    expect(people.ownerOf('nobody')).toBeUndefined();

    const token = await addToken(peopleFileOf(stateDir), { name: 'ada', groups: ['sre', 'payments'] }, now);

    expect(people.ownerOf(token)).toEqual({ name: 'ada', groups: ['sre', 'payments'] });
    expect(people.ownerOf(`${token}x`)).toBeUndefined();
    expect(people.ownerOf('')).toBeUndefined();
  });

  test('a removed token is worthless at once', async () => {
    const people = peopleIn(stateDir);
    const token = await addToken(peopleFileOf(stateDir), { name: 'ada', groups: [] }, now);
    expect(people.ownerOf(token)?.name).toBe('ada');

    expect(await removeToken(peopleFileOf(stateDir), 'ada')).toBe(true);

    expect(people.ownerOf(token)).toBeUndefined();
    expect(await removeToken(peopleFileOf(stateDir), 'ada')).toBe(false);
  });

  test('the file holds a hash and never the token, readable by its owner alone', async () => {
    const token = await addToken(peopleFileOf(stateDir), { name: 'ada', groups: ['sre'] }, now);

    const text = await readFile(peopleFileOf(stateDir), 'utf8');
    expect(text).not.toContain(token);
    expect(text).toContain(hashToken(token));
    expect((await stat(peopleFileOf(stateDir))).mode & 0o777).toBe(0o600);
  });

  test('a person has one token: a second one is refused with what would help', async () => {
    await addToken(peopleFileOf(stateDir), { name: 'ada', groups: [] }, now);

    await expect(addToken(peopleFileOf(stateDir), { name: 'ada', groups: ['sre'] }, now)).rejects.toThrow(
      'gameday token remove ada',
    );
  });

  test.each(['', 'ada lovelace', '-ada', 'a'.repeat(65), 'ada\n', '../ada'])('the name %j is refused', async (name) => {
    await expect(addToken(peopleFileOf(stateDir), { name, groups: [] }, now)).rejects.toThrow('name of a person');
    await expect(addToken(peopleFileOf(stateDir), { name: 'ada', groups: [name] }, now)).rejects.toThrow(
      'name of a group',
    );
  });

  test('a damaged file is an error that says what to do, not an empty list', async () => {
    await addToken(peopleFileOf(stateDir), { name: 'ada', groups: [] }, now);
    await writeFile(peopleFileOf(stateDir), '[{"name": 1}]');

    expect(() => readTokenOwners(peopleFileOf(stateDir))).toThrow('add the tokens again');
  });

  test('the local owner gets one token that stays the same and is made again when it no longer counts', async () => {
    const first = await ensureLocalToken(stateDir, now);

    expect(await ensureLocalToken(stateDir, now)).toBe(first);
    expect(readLocalToken(stateDir)).toBe(first);
    expect(peopleIn(stateDir).ownerOf(first)?.groups).toEqual(['owner']);
    expect((await stat(localTokenFileOf(stateDir))).mode & 0o777).toBe(0o600);

    await rm(peopleFileOf(stateDir));
    const second = await ensureLocalToken(stateDir, now);
    expect(second).not.toBe(first);
    expect(peopleIn(stateDir).ownerOf(second)).toBeDefined();
  });

  test("the local owner's own token and one that was added for the same name live side by side", async () => {
    const local = await ensureLocalToken(stateDir, now);
    const name = localOwnerName();

    const added = await addToken(peopleFileOf(stateDir), { name, groups: ['sre'] }, now);

    expect(peopleIn(stateDir).ownerOf(local)).toEqual({ name, groups: ['owner'] });
    expect(peopleIn(stateDir).ownerOf(added)).toEqual({ name, groups: ['sre'] });
    expect(await ensureLocalToken(stateDir, now)).toBe(local);
  });

  test('hashes are the same only when all of them agrees', () => {
    expect(isSameHash(hashToken('a'), hashToken('a'))).toBe(true);
    expect(isSameHash(hashToken('a'), hashToken('b'))).toBe(false);
    expect(isSameHash(hashToken('a'), '')).toBe(false);
    expect(isSameHash('', '')).toBe(false);
  });
});
