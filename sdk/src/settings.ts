import type { CustomEffect } from './effects/custom';
import { completeBounds, type FaultBounds } from './fault-bounds';
import type { OnEffect } from './fault-event';

/** What the application decided once: its name, its points, its limits, its own effects. */
export interface Settings {
  service: string;
  points: ReadonlySet<string>;
  bounds: FaultBounds;
  onEffect: OnEffect | undefined;
  custom: ReadonlyMap<string, CustomEffect>;
  enabled: boolean;
}

let current: Settings = {
  service: '',
  points: new Set(),
  bounds: completeBounds(undefined),
  onEffect: undefined,
  custom: new Map(),
  enabled: true,
};

/** The settings in force; without any, no point is on the allow-list and nothing can be armed. */
export function settings(): Settings {
  return current;
}

/** Puts other settings in force. */
export function replaceSettings(next: Settings): void {
  current = next;
}
