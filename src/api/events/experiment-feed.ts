import { randomUUID } from 'node:crypto';
import type { SeriesChunk } from '../../domain/evidence-store';
import type { Progress } from '../../domain/progress';
import type { ExperimentEvents } from '../answers';
import { readCursor, type Cursor, type FeedEvent } from './feed-event';
import { SeriesLog } from './series-log';

/** Somebody who listens. */
export interface FeedListener {
  send(event: FeedEvent, cursor: Cursor): void;
  /** No event will follow. */
  end(): void;
}

type Part = ExperimentEvents['unavailable']['part'];

/** What is known of one experiment and who wants to hear it; asks nobody by itself. */
export class ExperimentFeed {
  /** Distinguishes this feed's event ids from those of an earlier server. */
  readonly epoch = randomUUID().slice(0, 8);
  private readonly listeners = new Map<FeedListener, Cursor>();
  private readonly series = new SeriesLog();
  private readonly troubles = new Map<Part, string>();
  /** True once nobody will be told anything any more. */
  hasEnded = false;
  private latest: { number: number; text: string; progress: Progress } | undefined;

  get listenerCount(): number {
    return this.listeners.size;
  }

  /** Adds a listener and tells it what it missed; its missing readings come with the next look at the store. */
  join(listener: FeedListener, lastEventId: string | undefined): void {
    const cursor = readCursor(lastEventId, this.epoch);
    this.listeners.set(listener, cursor);
    this.sendLatest(listener, cursor);
    for (const [part, why] of this.troubles) listener.send({ name: 'unavailable', data: { part, why } }, cursor);
  }

  leave(listener: FeedListener): void {
    this.listeners.delete(listener);
  }

  /** Tells everybody, when it differs from what they know. */
  tellProgress(progress: Progress): void {
    this.tellAvailable('experiment');
    const text = JSON.stringify(progress);
    if (text === this.latest?.text) return;
    this.latest = { number: (this.latest?.number ?? 0) + 1, text, progress };
    for (const [listener, cursor] of this.listeners) this.sendLatest(listener, cursor);
  }

  /** Takes all chunks of the experiment and tells everybody those that they have not had. */
  tellSeries(chunks: SeriesChunk[]): void {
    this.tellAvailable('store');
    for (const [listener, cursor] of this.listeners) this.sendMissing(listener, cursor, chunks);
  }

  tellUnavailable(part: Part, why: string): void {
    if (this.troubles.has(part)) return;
    this.troubles.set(part, why);
    this.tell({ name: 'unavailable', data: { part, why } });
  }

  tell(event: FeedEvent): void {
    for (const [listener, cursor] of this.listeners) listener.send(event, cursor);
  }

  end(): void {
    this.hasEnded = true;
    for (const listener of this.listeners.keys()) listener.end();
    this.listeners.clear();
  }

  private tellAvailable(part: Part): void {
    if (this.troubles.delete(part)) this.tell({ name: 'available', data: { part } });
  }

  private sendLatest(listener: FeedListener, cursor: Cursor): void {
    if (!this.latest || this.latest.number <= cursor.progress) return;
    cursor.progress = this.latest.number;
    listener.send({ name: 'progress', data: this.latest.progress }, cursor);
  }

  private sendMissing(listener: FeedListener, cursor: Cursor, chunks: SeriesChunk[]): void {
    for (const { number, chunk } of this.series.after(cursor.series, chunks)) {
      cursor.series = number;
      const { observation, signal, readings } = chunk;
      listener.send({ name: 'reading', data: { observation, signal, number: chunk.number, readings } }, cursor);
    }
  }
}
