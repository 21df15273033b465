import type { CircuitBreaker } from '../circuit-breaker';
import { field } from '../field';
import { callJson } from '../json-client';
import type { Order } from './order';

/** How one attempt to charge ended; `refused` means that the breaker let no call through. */
export type ChargeAttempt = 'charged' | 'failed' | 'refused';

/** Charges orders through the payment service, behind one circuit breaker. */
export class PaymentGateway {
  constructor(
    private readonly url: string,
    readonly breaker: CircuitBreaker,
  ) {}

  /** Tries once; never rejects. `attempt` numbers the tries for this order from 1. */
  async charge(order: Order, attempt: number, timeoutMs: number): Promise<ChargeAttempt> {
    const permit = this.breaker.requestPermit();
    if (permit === undefined) return 'refused';
    const charged = await this.isCharged(order, attempt, timeoutMs).catch(() => false);
    this.breaker.record(permit, charged);
    return charged ? 'charged' : 'failed';
  }

  /** An answer that cannot be read is not a charge: asking again is safe, the gateway charges an order once. */
  private async isCharged({ orderId, amount }: Order, attempt: number, timeoutMs: number): Promise<boolean> {
    const { status, body } = await callJson({
      method: 'POST',
      url: `${this.url}/charge`,
      headers: { 'x-attempt': String(attempt) },
      body: { orderId, amount },
      timeoutMs,
    });
    return status === 200 && field(body, 'orderId') === orderId;
  }
}
