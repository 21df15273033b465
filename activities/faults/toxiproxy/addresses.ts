const ownHosts = new Set(['localhost', '127.0.0.1', '::1']);
const everyHost = new Set(['', '0.0.0.0', '::']);

/** A host and a port, with one spelling for this machine. */
interface Address {
  host: string;
  port: string;
}

/** `host:port` of an API's address, in one spelling, so that equal places get equal locks. */
export function apiAddress(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${plain(hostname)}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** Whether two addresses such as `127.0.0.1:6379` and `[::]:6379` may be one and the same place. */
export function mayBeSame(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a.port === b.port && (a.host === b.host || everyHost.has(a.host) || everyHost.has(b.host));
}

function parse(address: string): Address {
  const at = address.lastIndexOf(':');
  return { host: plain(address.slice(0, at)), port: address.slice(at + 1) };
}

function plain(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return ownHosts.has(bare) ? '127.0.0.1' : bare;
}
