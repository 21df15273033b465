import { apiAddress, mayBeSame } from '../../../../activities/faults/toxiproxy/addresses';

describe('apiAddress', () => {
  it.each([
    ['http://localhost:8474', '127.0.0.1:8474'],
    ['http://[::1]:8474/', '127.0.0.1:8474'],
    ['http://Toxiproxy', 'toxiproxy:80'],
    ['https://toxiproxy/behind/', 'toxiproxy:443'],
  ])('writes %s as %s', (url, address) => {
    expect(apiAddress(url)).toBe(address);
  });
});

describe('mayBeSame', () => {
  it.each([
    ['127.0.0.1:7233', 'localhost:7233'],
    ['[::]:7233', 'temporal:7233'],
    ['0.0.0.0:7233', '127.0.0.1:7233'],
    [':7233', '127.0.0.1:7233'],
    ['Temporal:7233', 'temporal:7233'],
  ])('holds for %s and %s', (one, other) => {
    expect(mayBeSame(one, other)).toBe(true);
    expect(mayBeSame(other, one)).toBe(true);
  });

  it.each([
    ['127.0.0.1:7233', '127.0.0.1:7234'],
    ['redis:6379', 'postgres:6379'],
  ])('does not hold for %s and %s', (one, other) => {
    expect(mayBeSame(one, other)).toBe(false);
  });
});
