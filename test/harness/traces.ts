import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The processes that work in a folder or name it in their arguments, but for those given. */
export function processesOf(folder: string, except: number[] = []): number[] {
  return processIds().filter((pid) => !except.includes(pid) && belongsTo(pid, folder));
}

/** The command line of a process, for messages. */
export function commandOf(pid: number): string {
  return quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()) ?? '';
}

/** The addresses on which these processes listen, such as `127.0.0.1:7233`. */
export function listenersOf(pids: number[]): string[] {
  const inodes = new Set(pids.flatMap(socketInodes));
  return [...listening('/proc/net/tcp'), ...listening('/proc/net/tcp6')]
    .filter(({ inode }) => inodes.has(inode))
    .map(({ address }) => address);
}

/** Whether an address as `listenersOf` gives it can be reached from this machine alone. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address.startsWith('::1:') || address.startsWith('::ffff:127.');
}

function processIds(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function belongsTo(pid: number, folder: string): boolean {
  const cwd = quietly(() => readlinkSync(`/proc/${pid}/cwd`));
  return cwd === folder || commandOf(pid).includes(folder);
}

function socketInodes(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const descriptors = quietly(() => readdirSync(folder)) ?? [];
  return descriptors.flatMap((fd) => {
    const target = quietly(() => readlinkSync(join(folder, fd)));
    return /^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? [];
  });
}

// proc_pid_net(5): local address in host byte order per 32-bit word, state 0A is LISTEN, the tenth column is the inode.
function listening(table: string): { address: string; inode: string }[] {
  const lines = quietly(() => readFileSync(table, 'utf8').split('\n').slice(1)) ?? [];
  return lines.flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && local && inode ? [{ address: readAddress(local), inode }] : [];
  });
}

function readAddress(local: string): string {
  const [host = '', port = ''] = local.split(':');
  const words = host.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse());
  return `${bytes.length === 4 ? bytes.map((byte) => parseInt(byte, 16)).join('.') : shorten(bytes)}:${parseInt(port, 16)}`;
}

function shorten(bytes: string[]): string {
  const text = bytes.join('');
  if (text === '00000000000000000000000000000001') return '::1';
  if (text.startsWith('00000000000000000000ffff'))
    return `::ffff:${bytes
      .slice(12)
      .map((byte) => parseInt(byte, 16))
      .join('.')}`;
  return `[${text}]`;
}

// A process may end between two looks.
function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Ends what a test left running in a folder of its own. */
export function endLeftOvers(folder: string): void {
  for (const pid of processesOf(folder)) quietly(() => process.kill(pid, 'SIGKILL'));
}
