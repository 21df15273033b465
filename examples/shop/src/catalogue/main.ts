import { json } from '../json-server';
import { runService } from '../service-process';
import { ITEMS } from './items';

runService('catalogue', () => ({
  routes: {
    'GET /items': () => json(200, { items: ITEMS }),
    'GET /health': () => json(200, { status: 'ok', service: 'catalogue', items: ITEMS.length }),
  },
}));
