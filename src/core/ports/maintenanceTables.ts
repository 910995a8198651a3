import type { Retention } from '../usage/retention.ts';

/** When maintenance was last done, so that one window does it for all. Epoch milliseconds. */
export interface MaintenanceTable {
  doneAt(name: string): number;
  markDone(name: string, now: number): void;
  /** Since when this computer is in a time zone (`zoneId`); 0 in the first, undefined where it was in another one last. */
  zoneSince(zone: string): number | undefined;
  /** Notes that it is in another one now. Returns as `zoneSince` does then. Called inside a transaction. */
  beginZone(zone: string, now: number): number;
}

/** A row that is written only to see whether the disk can be. */
export interface WriteProbe {
  probeWrite(now: number): void;
}

/** A span of time whose readings are merged by the hour or day. Epoch seconds, the end excluded. */
export interface Span {
  readonly each: 'hour' | 'day';
  readonly from: number;
  readonly to: number;
}

/** Merges old readings: the last figures of each hour or day, with the spend of all. */
export interface Compaction {
  /**
   * The numbers of the keys to compact, one `compactKey` each, so that no transaction is long: all, or those that have
   * readings of the time of `spans`.
   */
  keysToCompact(spans?: readonly Span[]): number[];
  /** The spans to compact since the last complete run. `now` is in epoch milliseconds. */
  spansToCompact({ rawDays, hourlyDays }: Retention, now: number): readonly Span[];
  /** Compacts one key's readings. Called inside a transaction. */
  compactKey(keyNo: number, spans: readonly Span[]): void;
  /** Marks the spans as done for all keys. Called inside a transaction. */
  finishCompaction(spans: readonly Span[]): void;
}
