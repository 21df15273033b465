import type { Injection } from '../../src/domain/injection';
import { Refused } from './refused';

/** Throws Refused when the injection's `notAfter` has passed; to be called right before every write that brings harm nearer. */
export function refuseLate(injection: Injection, nowMs: number): void {
  if (isOverdue(injection, nowMs))
    throw new Refused(
      `cannot inject ${injection.injectionId}: its time was over at ${injection.notAfter}; start another experiment`,
    );
}

/** Whether the instant after which any sweep may remove the fault has passed. */
export function isOverdue(injection: Injection, nowMs: number): boolean {
  return nowMs >= Date.parse(injection.notAfter);
}
