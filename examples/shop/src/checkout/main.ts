import { CircuitBreaker } from '../circuit-breaker';
import { json, type Answer } from '../json-server';
import { runService, type Service } from '../service-process';
import { numberSetting, requiredSetting, switchSetting } from '../settings';
import { checkoutRoute } from './checkout-route';
import { losesOneIn } from './lossy';
import { OrderQueue } from './order-queue';
import { PaymentGateway } from './payment-gateway';
import type { Till } from './place-order';
import { PriceList } from './price-list';
import { QueueWorker } from './queue-worker';

// Three in four of 20 calls: two in five failing opens it about once a minute, all of them failing within a second.
const BREAKER = { calls: 20, failureShare: 0.75, openMs: 1_000, trialCalls: 5, trialMs: 3_000 };
const PATIENCE = { attemptsMax: 2, timeoutMs: 500, pauseMs: 20 };
const QUEUE_DELAY_MS = 500;
// Nobody waits for the worker, so it gives the gateway more time.
const RHYTHM = { everyMs: 50, ordersAtOnceMax: 8, timeoutMs: 2_000, backOffMinMs: 250, backOffMaxMs: 2_000 };

function openCheckout(): Service {
  const queue = openQueue();
  const prices = new PriceList(requiredSetting('SHOP_CATALOGUE_URL'));
  const gateway = new PaymentGateway(requiredSetting('SHOP_PAYMENT_URL'), new CircuitBreaker(BREAKER));
  const hasFallback = switchSetting('SHOP_FALLBACK', 'on');
  const till: Till = { gateway, patience: PATIENCE, queue, hasFallback, queueDelayMs: QUEUE_DELAY_MS };
  new QueueWorker(queue, gateway, RHYTHM).start();
  const routes = { 'POST /checkout': checkoutRoute.bind(undefined, till, prices), 'GET /health': () => health(till) };
  return { routes };
}

function openQueue(): OrderQueue {
  const losesNext = losesOneIn(numberSetting('SHOP_QUEUE_LOSES_ONE_IN', 1));
  return new OrderQueue(requiredSetting('SHOP_QUEUE_FILE'), losesNext);
}

function health({ gateway, queue, hasFallback }: Till): Answer {
  return json(200, {
    status: 'ok',
    service: 'checkout',
    breakers: { payment: gateway.breaker.current() },
    queue: { depth: queue.depth },
    fallback: hasFallback ? 'on' : 'off',
  });
}

runService('checkout', openCheckout);
