import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNote } from './note.mjs';
import { answersHttp } from './wait-until-ready.mjs';

// Written as JSON, which is YAML too. Each test adds a file of its own to targets/ or rules/; rules need a POST /-/reload.
const configOf = (data, port, alertmanager) => ({
  global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
  rule_files: [join(data, 'rules', '*.yaml')],
  alerting: { alertmanagers: alertmanager ? [{ static_configs: [{ targets: [alertmanager] }] }] : [] },
  scrape_configs: [
    { job_name: 'prometheus', static_configs: [{ targets: [`127.0.0.1:${port}`] }] },
    {
      job_name: 'targets',
      file_sd_configs: [{ files: [join(data, 'targets', '*.json')], refresh_interval: '1s' }],
    },
  ],
});

/** Prometheus, scraping every second itself and whatever a file in `targetsDir` names. */
export const prometheus = {
  name: 'prometheus',
  packages: ['prometheus'],
  needs: ['/usr/bin/prometheus'],
  async launch({ port, data }) {
    for (const folder of ['targets', 'rules', 'db']) await mkdir(join(data, folder), { recursive: true });
    const { alertmanager } = await readNote();
    const address = alertmanager && new URL(alertmanager.url).host;
    await writeFile(join(data, 'prometheus.yaml'), `${JSON.stringify(configOf(data, port, address), null, 2)}\n`);
    const where = [`--config.file=${join(data, 'prometheus.yaml')}`, `--storage.tsdb.path=${join(data, 'db')}`];
    const web = [`--web.listen-address=127.0.0.1:${port}`, '--web.enable-lifecycle'];
    return { command: '/usr/bin/prometheus', args: [...where, ...web] };
  },
  entry: ({ port, data }) => ({
    port,
    url: `http://127.0.0.1:${port}`,
    configFile: join(data, 'prometheus.yaml'),
    targetsDir: join(data, 'targets'),
    rulesDir: join(data, 'rules'),
  }),
  isReady: ({ url }) => answersHttp(`${url}/-/ready`),
};
