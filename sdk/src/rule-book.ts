import { LiveRule, type RuleRequest } from './live-rule';
import { Refusal } from './refusal';
import type { RuleContent, RuleState } from './rule';
import { isSameContent } from './same-content';
import { type Tombstone, Tombstones } from './tombstones';
import { wakeAt } from './wake-up';

/** What a removal found, with the last known counts. */
export interface Removal {
  found: RuleState | 'absent';
  hits: number;
  seen: number;
}

/** The shortest time a removed id stays refused, so that a request already under way cannot slip in behind it. */
const tombstoneMinMs = 60_000;

/** Every rule of this process, at most one per point, each of which ends by itself. */
export class RuleBook {
  readonly #byId = new Map<string, LiveRule>();
  readonly #activeByPoint = new Map<string, LiveRule>();
  readonly #tombstones = new Tombstones();

  /** `now` is a monotonic clock in milliseconds; `activeChanged` is told how many rules are active, after each change. */
  constructor(
    readonly now: () => number,
    private readonly activeChanged: (count: number) => void,
  ) {}

  /** Arms a rule, harmless until activated; the same content again changes nothing. Throws a Refusal 409 or 410. */
  arm(request: RuleRequest): { rule: LiveRule; isNew: boolean } {
    this.refuseTombstoned(request.content.id);
    const holder = this.#holderOf(request.content);
    if (holder !== undefined && isSameContent(holder.content, request.content)) return { rule: holder, isNew: false };
    if (holder !== undefined) throw conflict(holder);
    const rule = new LiveRule(request, this.now());
    this.#byId.set(rule.content.id, rule);
    this.#watch(rule);
    return { rule, isNew: true };
  }

  /** Gives an armed rule its effect; again changes nothing. Throws a Refusal 404 or 410, never creates. */
  activate(id: string): LiveRule {
    const rule = this.#findOrRefuse(id);
    rule.state = 'active';
    this.#activeByPoint.set(rule.content.point, rule);
    this.activeChanged(this.#activeByPoint.size);
    return rule;
  }

  /** Counts the lease anew. Throws a Refusal 404 or 410, never creates. */
  renew(id: string, leaseMs: number): LiveRule {
    const rule = this.#findOrRefuse(id);
    rule.renew(leaseMs, this.now());
    return rule;
  }

  /** Removes a rule, or nothing, and refuses its id for at least `remainingMs` from now on. */
  remove(id: string, remainingMs: number): Removal {
    const rule = this.find(id);
    const past = this.#tombstones.find(id, this.now());
    if (rule !== undefined) this.#end(rule, 'removed');
    const { hits, seen } = rule ?? past ?? { hits: 0, seen: 0 };
    const leastEndsAtMs = this.now() + Math.max(remainingMs, tombstoneMinMs);
    const endsAtMs = Math.max(leastEndsAtMs, rule?.endsAtMs ?? 0, past?.endsAtMs ?? 0);
    this.#tombstones.place({ id, reason: 'removed', endsAtMs, hits, seen }, this.now());
    return { found: rule?.state ?? 'absent', hits, seen };
  }

  /** Ends every rule at once; their ids are spent as if they had ended by themselves. */
  endAll(): void {
    for (const rule of this.#byId.values()) this.#end(rule, selfEnded(rule));
  }

  /** The rule under this id, unless it has ended. */
  find(id: string): LiveRule | undefined {
    return this.#unlessEnded(this.#byId.get(id));
  }

  /** The rule in effect at this point, unless it has ended. */
  activeAt(point: string): LiveRule | undefined {
    return this.#unlessEnded(this.#activeByPoint.get(point));
  }

  /** Every rule that has not ended. */
  rules(): LiveRule[] {
    return [...this.#byId.values()].filter((rule) => this.#unlessEnded(rule) !== undefined);
  }

  /** Every rule that is over and still refused. */
  tombstones(): Tombstone[] {
    return this.#tombstones.list(this.now());
  }

  /** Throws a Refusal 410 when the id is spent: removed, or active once and over. */
  refuseTombstoned(id: string): void {
    if (this.find(id) !== undefined) return;
    const past = this.#tombstones.find(id, this.now());
    if (past === undefined || past.reason === 'lapsed') return;
    throw new Refusal(410, `rule "${id}" is over (${past.reason}) and cannot come back; use another id`);
  }

  #findOrRefuse(id: string): LiveRule {
    const rule = this.find(id);
    if (rule !== undefined) return rule;
    if (this.#tombstones.find(id, this.now())?.reason === 'removed') this.refuseTombstoned(id);
    throw new Refusal(404, `no rule "${id}" is armed here; it was never armed or has ended by itself`);
  }

  #holderOf({ id, point }: RuleContent): LiveRule | undefined {
    return this.rules().find((rule) => rule.content.id === id || rule.content.point === point);
  }

  #unlessEnded(rule: LiveRule | undefined): LiveRule | undefined {
    if (rule === undefined || rule.leaseRemainingMs(this.now()) > 0) return rule;
    this.#end(rule, selfEnded(rule));
    return undefined;
  }

  #watch(rule: LiveRule): void {
    const stop = wakeAt(
      () => rule.leaseRemainingMs(this.now()),
      () => this.#unlessEnded(rule),
    );
    rule.ending.whenReached(stop);
  }

  #end(rule: LiveRule, reason: Tombstone['reason']): void {
    const { id, point } = rule.content;
    if (rule.ending.hasCome) return;
    this.#byId.delete(id);
    if (this.#activeByPoint.get(point) === rule) this.#activeByPoint.delete(point);
    this.#tombstones.place(
      { id, reason, endsAtMs: this.#refusedUntil(rule), hits: rule.hits, seen: rule.seen },
      this.now(),
    );
    this.activeChanged(this.#activeByPoint.size);
    rule.ending.reach();
  }

  /** Counts stay readable for a minute at least, also when the rule ended because its whole life was over. */
  #refusedUntil(rule: LiveRule): number {
    return Math.max(rule.endsAtMs, this.now() + tombstoneMinMs);
  }
}

function selfEnded(rule: LiveRule): Tombstone['reason'] {
  return rule.state === 'active' ? 'ended' : 'lapsed';
}

function conflict(holder: LiveRule): Refusal {
  const { id, point, tag } = holder.content;
  const error = `point "${point}" is held by rule "${id}" with other content; remove that rule first`;
  return new Refusal(409, error, { holder: tag });
}
