import { json } from '../json-server';
import { runService, type Service } from '../service-process';
import { itemsRoutes } from './items-routes';
import { openItems } from './open-items';

async function openCatalogue(): Promise<Service> {
  const { items, describe } = await openItems();
  const health = () => json(200, { status: 'ok', service: 'catalogue', ...describe() });
  return { routes: { ...itemsRoutes(items), 'GET /health': health } };
}

runService('catalogue', openCatalogue);
