import type { CustomEffect } from './effects/custom';
import { completeBounds, type FaultBounds } from './fault-bounds';
import type { OnEffect } from './fault-event';
import { ruleBook } from './fault-point';
import { replaceSettings, type Settings } from './settings';

/** What an application decides once, when it starts. */
export interface FaultOptions {
  /** The name under which the control knows this process. */
  service: string;
  /** The allow-list: the only points at which a rule can be armed. */
  points: readonly string[];
  bounds?: Partial<FaultBounds> | undefined;
  onEffect?: OnEffect | undefined;
  custom?: Record<string, CustomEffect> | undefined;
  /** false: nothing can be armed; true unless given. */
  enabled?: boolean | undefined;
}

/** Puts the application's decisions in force and ends every rule made under earlier ones; never throws: nonsense allows nothing. */
export function configureFaults(options: FaultOptions): void {
  ruleBook.endAll();
  try {
    replaceSettings(completeOptions(options));
  } catch {
    replaceSettings(completeOptions({ service: '', points: [], enabled: false }));
  }
}

function completeOptions({ service, points, bounds, onEffect, custom, enabled }: FaultOptions): Settings {
  const effects = Object.entries(custom ?? {}).filter(([, run]) => typeof run === 'function');
  return {
    service,
    points: new Set(Array.isArray(points) ? points : []),
    bounds: completeBounds(bounds),
    onEffect,
    custom: new Map(effects),
    enabled: enabled !== false,
  };
}
