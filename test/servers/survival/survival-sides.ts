import type { Side } from '../../end-to-end/rig/side';
import { openKubernetesSide } from './kubernetes-side';
import { openToxiproxySide } from './toxiproxy-side';

/** A target on a real server, with what the cases of survival ask beyond the usual. */
export interface SurvivalSide extends Side {
  /** When the fault that is in effect must be gone, from the target alone, in milliseconds since the epoch. */
  notAfterMs(): Promise<number>;
  /** From now on what would give a fault its effect is kept back. */
  holdInjects(): void;
  /** Lets through at the target what was kept back, and says what the target answered: one line each. */
  deliverInjects(): Promise<string[]>;
}

/** Every kind whose survival is proven on real servers; another is one line here. */
export const survivalSides: { name: string; open: (home: string) => Promise<SurvivalSide> }[] = [
  { name: 'toxiproxy', open: openToxiproxySide },
  { name: 'kubernetes', open: openKubernetesSide },
];

/** Their names, for tables of cases. */
export const sideNames = survivalSides.map(({ name }) => name);
