import { custom } from './custom';
import { drop } from './drop';
import type { EffectKind } from './effect-kind';
import { error } from './error';
import { latency } from './latency';
import { malformed } from './malformed';
import { rateLimit } from './rate-limit';

/** Every kind of effect this build knows. */
export const effectKinds: readonly EffectKind[] = [latency, error, drop, malformed, rateLimit, custom];
