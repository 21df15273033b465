import type { AnyFaultDriver, DriverTools } from '../../src/domain/fault-driver';
import type { Injection } from '../../src/domain/injection';
import type { Json } from '../../src/domain/json';
import type { DriverSource } from './run-in-child';

/** What a scenario asks of a driver. */
export interface Step {
  target: Json;
  params: Json;
}

/** A fault as an observer finds it at the target. */
export interface RawFault {
  injectionId: string;
  isActive: boolean;
}

/** A step that asks for more than these limits allow, or more than the target itself bounds. */
export interface WideStep {
  step: Step;
  targetsMax: number;
  trafficPercentMax: number;
}

/** A driver on its real target, with observers that share no code with it. */
export interface World {
  driver: AnyFaultDriver;
  source: DriverSource;
  /** On one target; on another of the same system; on one that exists and is not opted in. */
  step: Step;
  otherStep: Step;
  foreignStep: Step;
  wideSteps: WideStep[];
  tools(change?: Partial<DriverTools<unknown>>): DriverTools<unknown>;
  /** Whether whoever uses the step's target feels the fault. */
  isInEffect(step: Step): Promise<boolean>;
  /** Every fault of ours at the target. */
  rawFaults(): Promise<RawFault[]>;
  /** The whole state of the target, as text. */
  snapshot(): Promise<string>;
  /** Somebody else puts a value of theirs where the injection's is. */
  tamper(injection: Injection): Promise<void>;
  /** Another installation puts a fault on the step's target. */
  plant(step: Step): Promise<void>;
  removeTarget(): Promise<void>;
  cut(): Promise<void>;
  reconnect(): Promise<void>;
  /** Lives an injection's life in another process, killed right before its n-th write to the target. */
  liveUntilWrite(injection: Injection, number: number): Promise<'killed' | 'finished'>;
  /** Must appear nowhere. */
  secrets: string[];
  /** Tools whose connection fails in ways that tempt a driver to repeat a secret. */
  temptations(): Promise<DriverTools<unknown>[]>;
  /** What the target wrote. */
  output(): string;
  /** Where a workflow history of this driver is recorded: its text. */
  history?(): Promise<string>;
  /** Back to a target without any fault. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
