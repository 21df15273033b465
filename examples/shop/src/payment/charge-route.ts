import { faultPoint } from '@gameday/sdk';
import { field, orderIdIn } from '../field';
import { json, type Answer, type HANG_UP, type JsonRequest } from '../json-server';
import type { Charger } from './charger';
import { answerInstead, spoilAnswer } from './faulty-answer';

/** Answers `POST /charge {orderId, amount}`: 200 with the charge, 400 for a body that names none. */
export async function chargeRoute(charge: Charger, request: JsonRequest): Promise<Answer | typeof HANG_UP> {
  const orderId = orderIdIn(request.body);
  const amount = field(request.body, 'amount');
  if (!orderId || typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0) {
    return json(400, { error: 'Charging: expected {orderId: text, amount: whole cents}.' });
  }
  const outcome = await faultPoint('charge', { key: samplingKey(request, orderId) });
  const instead = outcome && answerInstead(outcome);
  return instead ?? spoilAnswer(json(200, await charge(orderId, amount)), outcome);
}

/**
 * The attempt is part of the key: with the order's id alone a retry would meet the fault that its first attempt met, and
 * the share of calls that are hit would rise above the percentage. It comes first so that it stirs the whole hash.
 */
function samplingKey(request: JsonRequest, orderId: string): string {
  const [attempt = '1'] = [request.headers['x-attempt'] ?? []].flat();
  return `${attempt}:${orderId}`;
}
