import type { FastifyInstance } from 'fastify';
import { auditRoutes } from './audit';
import { decisionRoutes } from './decisions';
import { environmentRoutes } from './environments';
import { eventRoutes } from './events';
import { experimentRoutes } from './experiments';
import { faultRoutes } from './faults';
import { injectionRoutes } from './injections';
import { reportRoutes } from './reports';
import type { RouteTools } from './route-tools';

/** Every noun of the API, one file each. */
export const routes: ((app: FastifyInstance, tools: RouteTools) => void)[] = [
  experimentRoutes,
  decisionRoutes,
  eventRoutes,
  reportRoutes,
  environmentRoutes,
  injectionRoutes,
  faultRoutes,
  auditRoutes,
];
