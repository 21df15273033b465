import { execFileSync } from 'node:child_process';

/** How many requests a local server's front door has taken since it started, by operation; from its own metrics. */
export async function countRequests(pid) {
  const command = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  const port = /--metrics-port (\d+)/.exec(command)?.[1];
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const counts = new Map();
  for (const line of text.split('\n')) {
    if (!line.startsWith('service_requests{') || !line.includes('service_name="frontend"')) continue;
    const operation = /operation="([^"]*)"/.exec(line)?.[1] ?? '?';
    counts.set(operation, (counts.get(operation) ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1)));
  }
  return counts;
}

/** What was added between two counts, the most frequent first. */
export function requestsBetween(before, after) {
  return [...after]
    .map(([operation, count]) => [operation, count - (before.get(operation) ?? 0)])
    .filter(([, count]) => count > 0)
    .sort(([, left], [, right]) => right - left);
}
