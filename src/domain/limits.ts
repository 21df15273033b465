/** What nobody who writes a scenario can raise; owned by the environment. */
export interface Limits {
  targetsMax: number;
  trafficPercentMax: number;
  /** The longest hold of one injection. */
  injectionMaxMs: number;
  concurrentExperimentsMax: number;
  concurrentInjectionsMax: number;
}
