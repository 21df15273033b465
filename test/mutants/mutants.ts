import { noFaultLeftBehind } from './changes/no-fault-left-behind';
import { finiteLife } from './changes/finite-life';
import { nothingHarmedBefore } from './changes/nothing-harmed-before';
import { lateInject } from './changes/late-inject';
import { onlyWhatIsOurs } from './changes/only-what-is-ours';
import { missingData } from './changes/missing-data';
import { verdictFromEvidence } from './changes/verdict-from-evidence';
import { stopAlwaysWorks } from './changes/stop-always-works';
import { noSecret } from './changes/no-secret';
import { noFalseGreen } from './changes/no-false-green';
import type { Mutant } from './mutant';

/** In the order of the promises. */
const changes = [
  noFaultLeftBehind,
  finiteLife,
  nothingHarmedBefore,
  lateInject,
  onlyWhatIsOurs,
  missingData,
  verdictFromEvidence,
  stopAlwaysWorks,
  noSecret,
  noFalseGreen,
];

/** At least one change per promise. */
export const mutants: Mutant[] = changes.flatMap((some, index) =>
  some.map((change) => ({ ...change, promise: index + 1 })),
);
