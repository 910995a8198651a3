import type { SpendSpan } from '../forecast/spendSpan.ts';
import type { Failure } from '../quota/failure.ts';
import type { KeyRecord } from '../quota/key.ts';
import type { Forecast } from '../quota/keyState.ts';
import type { Reading } from '../quota/reading.ts';
import type { Unit } from '../quota/unit.ts';
import type { Range } from '../usage/range.ts';
import type { Retention } from '../usage/retention.ts';
import type { Point } from '../usage/spend.ts';
import type { Mute } from '../warnings/mute.ts';
import type { KeyRules } from '../warnings/warningRules.ts';

/*
 * What services read and write, table by table. `src/store/` implements them over SQLite; times are epoch
 * milliseconds unless a name says otherwise.
 */

/** The keys' records. Never a secret. */
export interface KeyTable {
  allKeys(): KeyRecord[];
  findKey(id: string): KeyRecord | undefined;
  /** Adds a record; one that is there already stays as it is. */
  addKey(key: KeyRecord): void;
  rename(id: string, label: string): void;
  pin(id: string, pinned: boolean): void;
  setFingerprint(id: string, fingerprint: string): void;
  setOrigin(id: string, origin: string): void;
  /** Removes the record and all that hangs on it. */
  remove(id: string): void;
}

/** The latest that is known about one key, and when it is due again. Times in epoch milliseconds. */
export interface CheckState {
  readonly keyId: string;
  /** The last good reading, kept through failures. */
  readonly reading?: Reading;
  /** Why the last check brought none; absent after a good one. */
  readonly failure?: Failure;
  readonly forecast?: Forecast;
  readonly checkedAt?: number;
  /** Failed checks in a row. */
  readonly failures: number;
  /** Absent while checks are paused. */
  readonly dueAt?: number;
}
/** One row a key. */
export interface StateTable {
  allStates(): CheckState[];
  stateOf(keyId: string): CheckState | undefined;
  saveState(state: CheckState): void;
  setDue(keyId: string, dueAt: number): void;
}

/** Who may ask about which key now. A claim ends by itself, so a window that dies leaves nothing behind. */
export interface ClaimTable {
  /** Whether someone holds the key now. One that ends later than any can was taken before a clock went back. */
  isLive(keyId: string, now: number, longestMs: number): boolean;
  saveClaim(keyId: string, token: string, endsAt: number): void;
  /** Whether the claim is still its taker's: not ended, not taken over. */
  isHeldBy(keyId: string, token: string, now: number): boolean;
  /** Gives a claim that stands another end; false when it no longer does. */
  prolongClaim(keyId: string, token: string, now: number, endsAt: number): boolean;
  releaseClaim(keyId: string, token: string): void;
  /** Ends whoever's claim there is, so that the answer to it is dropped. */
  endClaim(keyId: string): void;
}

/** Every call to a gateway, written down before it is sent, and the pauses gateways asked for. */
export interface RequestLog {
  /** `paced` marks calls that keep a distance from each other. */
  addCall(origin: string, limiter: string, sentAt: number, paced?: boolean): void;
  /** When calls were sent after `since`, oldest first. Epoch milliseconds. */
  sentSince(origin: string, limiter: string, since: number): number[];
  /** When the `n`th newest call was sent, from 1 on, if it was after `since`. */
  newestSince(origin: string, limiter: string, since: number, n: number): number | undefined;
  /** When the last call that keeps a distance was sent, if it was after `since`. */
  lastPaced(origin: string, limiter: string, since: number): number | undefined;
  deleteBefore(time: number): void;
  /** Keeps a limiter closed until a moment; a shorter hold never shortens a longer one. */
  holdLimiter(origin: string, limiter: string, until: number, now: number): void;
  /**
   * What was written after `now` was so before a clock was put back. It counts from now on: when exactly it
   * was, nobody can tell, and it must neither be forgotten nor close the limiter until the clock has caught up.
   */
  dropFuture(origin: string, limiter: string, now: number): void;
  heldUntil(origin: string, limiter: string): number | undefined;
}

/** What gateways say about themselves, as text this table does not look into, and when they were asked. */
export interface SiteTable {
  siteOf(origin: string):
    | {
        readonly site?: string;
        readonly askedAt: number;
      }
    | undefined;
  /** Keeps the last good answer when this one is undefined. */
  saveSite(origin: string, site: string | undefined, askedAt: number): void;
  /** Makes the next check ask again. */
  expireSite(origin: string): void;
}

/** What was warned about already, by key and name, as text this table does not look into. */
export interface FiredTable {
  /** All marks, by key and then by name. */
  allFired(): Map<string, Map<string, string>>;
  firedOf(keyId: string): Map<string, string>;
  saveFired(keyId: string, name: string, mark: string): void;
  removeFired(keyId: string, name: string): void;
}

/** Times without warnings that hold for one key each. */
export interface SnoozeTable {
  /** By key. */
  allSnoozes(): Map<string, Mute>;
  saveSnooze(keyId: string, { since, lastsMs }: Mute): void;
  removeAllSnoozes(): void;
}

/** What the user wants to be warned about for one key, in place of what holds for all. */
export interface KeyRulesTable {
  /** By key; rules that cannot be read are none. */
  allRules(): Map<string, KeyRules>;
  /** Empty where there are none, or none that can be read. */
  rulesOf(keyId: string): KeyRules;
  saveRules(keyId: string, rules: KeyRules): void;
  removeRules(keyId: string): void;
}

/** The numbers by which agents know keys whose names they are not told. A number stays taken when its key is gone. */
export interface AliasTable {
  /** By key. */
  allAliases(): Map<string, number>;
  /** Gives a key the number after the highest that any key ever had, from 1 on. Returns it. */
  addAlias(keyId: string): number;
}

/** That a key's secret is on the clipboard, until when (epoch milliseconds), and how it is known again. */
export interface CopiedSecret {
  readonly keyId: string;
  readonly until: number;
  readonly digest: string;
}
/** Which keys' secrets are on the clipboard: digests of them, and never a secret. */
export interface CopiedSecretTable {
  allCopied(): CopiedSecret[];
  saveCopied({ keyId, until, digest }: CopiedSecret): void;
  removeCopied(keyId: string): void;
}

/** Secrets without a key that the user wants left alone, by the id their key had. */
export interface IgnoredSecretTable {
  isIgnored(id: string): boolean;
  ignoreSecret(id: string, now: number): void;
}

/** A row whose only use is to be written: whether the disk takes writes is seen by one alone. */
export interface WriteProbe {
  probeWrite(now: number): void;
}

/** When housekeeping was last done, so that one window does it and not each. Epoch milliseconds. */
export interface MaintenanceTable {
  doneAt(name: string): number;
  markDone(name: string, now: number): void;
}

/** Times without warnings that hold for all keys and windows, by name. */
export interface MuteTable {
  muteOf(name: string): Mute | undefined;
  saveMute(name: string, { since, lastsMs }: Mute): void;
  removeMute(name: string): void;
}

/** A run of equal readings. Amounts in `unit`; times in epoch milliseconds. */
export interface HistoryRow {
  readonly from: number;
  readonly to: number;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly remaining?: number;
  readonly used?: number;
  /** Spend since the row before. */
  readonly spent: number;
  /** Tells rows apart that cannot be compared, though their units have one name. */
  readonly series: number;
  /** Whether it stands for several readings of an hour or a day: then the spend was anywhere between its ends. */
  readonly isMerged: boolean;
  /** Whether a budget began anew before it, long after the last look: what was spent until then nobody saw. */
  readonly isAfterLoss: boolean;
}
export interface DaySpend {
  readonly keyId: string;
  /** The local day: `2026-06-01`. */
  readonly day: string;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly spent: number;
  /** For how long somebody looked, from one reading to the next. */
  readonly watchedMs: number;
  readonly series: number;
}
/** What a key was seen to spend. Epoch milliseconds. */
export interface Watched {
  readonly since: number;
  readonly spans: readonly SpendSpan[];
}
/** Readings over time, compact: whole numbers, times as whole seconds, a row for a run of equals. */
export interface HistoryTable {
  /** Adds what a reading said at `now`. Called inside a transaction. */
  appendReading(keyId: string, unit: Unit, point: Point, now: number): void;
  /** A key's rows that begin in a span of time, oldest first. Epoch milliseconds. */
  historyRows(keyId: string, from: number, to: number): HistoryRow[];
  /** When a key's spend in a unit was noticed between two moments, in whichever series. */
  spendSpans(keyId: string, unit: Unit, from: number, to: number): readonly SpendSpan[];
  /** The same in the series a key is in now, and since when it has been watched in it without a break. */
  currentSpend(keyId: string, from: number, to: number): Watched;
  /** What every key spent, and for how long it was watched, on each local day of a span, in their order. */
  spendByDay(from: string, to: string): DaySpend[];
  /** The series each key is in now. */
  currentSeries(): Map<string, number>;
  /** Forgets everything recorded about a key; what it is now stays. Called inside a transaction. */
  eraseKey(keyId: string): void;
}

/** A span of time whose readings become one an hour, or one a day. Epoch seconds, the end not included. */
export interface Span {
  readonly each: 'hour' | 'day';
  readonly from: number;
  readonly to: number;
}
/** Merges old readings: the last figures of each hour or day, with all that was spent in it. */
export interface Compaction {
  /** The keys to go through, one `compactKey` each, so that no transaction is long. */
  keyNumbers(): number[];
  /** What has grown old since the last complete run. `now` in epoch milliseconds. */
  spans({ rawDays, hourlyDays }: Retention, now: number): readonly Span[];
  /** Compacts one key's readings. Called inside a transaction. */
  compactKey(keyNo: number, spans: readonly Span[]): void;
  /** Remembers that all keys have been gone through. Called inside a transaction. */
  finish(spans: readonly Span[]): void;
}

/** By which scales a key was read: rows of a log are the gateway's own numbers, and do not say what they were worth. */
export interface ScaleTable {
  /** Whether some of a range may have been spent by another unit, scale or rate than the one that is read by now. */
  isAnotherIn(keyId: string, range: Range): boolean;
}
