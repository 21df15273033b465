import { answersBytes } from './wait-until-ready.mjs';

/** Redis 7, in memory alone. */
export const redis = {
  name: 'redis',
  packages: ['redis-server'],
  needs: ['/usr/bin/redis-server'],
  async launch({ port, data }) {
    const args = ['--port', port, '--bind', '127.0.0.1', '--dir', data, '--save', '', '--appendonly', 'no'];
    return { command: '/usr/bin/redis-server', args: args.map(String) };
  },
  entry: ({ port }) => ({ port }),
  isReady: ({ port }) => answersBytes(port, 'PING\r\n'),
};
