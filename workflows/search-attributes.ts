import { defineSearchAttributeKey } from '@temporalio/common';

/** Search attributes, all keywords: by these people find experiments and injections in Temporal. */
export const searchAttributes = {
  experiment: defineSearchAttributeKey('GamedayExperiment', 'KEYWORD'),
  environment: defineSearchAttributeKey('GamedayEnvironment', 'KEYWORD'),
  phase: defineSearchAttributeKey('GamedayPhase', 'KEYWORD'),
  verdict: defineSearchAttributeKey('GamedayVerdict', 'KEYWORD'),
  lock: defineSearchAttributeKey('GamedayLock', 'KEYWORD'),
} as const;
