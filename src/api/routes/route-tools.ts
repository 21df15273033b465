import type { AuditTrail } from '../audit-trail';
import type { Feeds } from '../events/feeds';
import type { ApiParts } from '../parts';

/** What every route is handed. */
export interface RouteTools {
  parts: ApiParts;
  audit: AuditTrail;
  feeds: Feeds;
}
