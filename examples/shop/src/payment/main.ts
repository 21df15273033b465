import { readFileSync } from 'node:fs';
import { configureFaults, startControl } from '@gameday/sdk';
import { json } from '../json-server';
import { runService, type Service } from '../service-process';
import { host, numberSetting, requiredSetting } from '../settings';
import { askAcquirer } from './acquirer';
import { chargeRoute } from './charge-route';
import { makeCharger } from './charger';

const ACQUIRER_DELAY_MS = 160;

async function openPayment(): Promise<Service> {
  const typicalMs = numberSetting('SHOP_ACQUIRER_DELAY_MS', 0) ?? ACQUIRER_DELAY_MS;
  const charge = makeCharger(requiredSetting('SHOP_LEDGER_FILE'), () => askAcquirer(typicalMs));
  configureFaults({ service: 'payment', points: ['charge'] });
  const control = await startControl({
    host: host(),
    token: readFileSync(requiredSetting('SHOP_CONTROL_TOKEN_FILE'), 'utf8').trim(),
  });
  const routes = {
    'POST /charge': chargeRoute.bind(undefined, charge),
    'GET /health': () => json(200, { status: 'ok', service: 'payment' }),
  };
  return { routes, otherUrls: { 'payment-control': control.url } };
}

runService('payment', openPayment);
