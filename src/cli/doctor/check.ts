/** What one check of `gameday doctor` found. */
export interface Finding {
  state: 'ok' | 'note' | 'missing';
  /** What is there, or what is not. */
  found: string;
  /** How to get it. */
  help?: string;
}

/** One question that `gameday doctor` asks; a check that throws counts as missing, with the message. */
export interface Check {
  name: string;
  look(): Promise<Finding>;
}
