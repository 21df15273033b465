import { field } from '../field';
import { json, type Answer } from '../json-server';
import { readLedger } from '../payment/ledger';
import { runService, type Service } from '../service-process';
import { requiredSetting } from '../settings';
import { auditOrders } from './audit';

function openAuditor(): Service {
  const ledgerFile = requiredSetting('SHOP_LEDGER_FILE');
  const accepted = new Set<string>();
  return {
    routes: {
      'POST /accepted': ({ body }) => rememberAccepted(accepted, body),
      'GET /audit': () => json(200, auditOrders(accepted, readLedger(ledgerFile))),
      'GET /health': () => json(200, { status: 'ok', service: 'auditor', accepted: accepted.size }),
    },
  };
}

function rememberAccepted(accepted: Set<string>, body: unknown): Answer {
  const ids = field(body, 'ids');
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    return json(400, { error: 'Remembering accepted orders: expected {ids: [text, …]}.' });
  }
  for (const id of ids) accepted.add(id);
  return json(200, { accepted: accepted.size });
}

runService('auditor', openAuditor);
