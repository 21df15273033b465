import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answersHttp } from './wait-until-ready.mjs';

const CONFIG = {
  route: { receiver: 'nobody', group_wait: '1s', group_interval: '1s' },
  receivers: [{ name: 'nobody' }],
};

/** Alertmanager, which tells nobody: its alerts and silences are read through its API. */
export const alertmanager = {
  name: 'alertmanager',
  packages: ['prometheus-alertmanager'],
  needs: ['/usr/bin/prometheus-alertmanager'],
  async launch({ port, data }) {
    const configFile = join(data, 'alertmanager.yaml');
    await writeFile(configFile, `${JSON.stringify(CONFIG, null, 2)}\n`);
    const where = [`--config.file=${configFile}`, `--storage.path=${data}`];
    const web = [`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='];
    return { command: '/usr/bin/prometheus-alertmanager', args: [...where, ...web] };
  },
  entry: ({ port, data }) => ({ port, url: `http://127.0.0.1:${port}`, configFile: join(data, 'alertmanager.yaml') }),
  isReady: ({ url }) => answersHttp(`${url}/-/ready`),
};
