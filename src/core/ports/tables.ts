import type { SpendSpan } from '../forecast/spendSpan.ts';
import type { Failure } from '../quota/failure.ts';
import type { KeyRecord } from '../quota/key.ts';
import type { KeyMemory } from '../quota/keyMemory.ts';
import type { Forecast } from '../quota/keyState.ts';
import type { Reading } from '../quota/reading.ts';
import type { Share } from '../quota/share.ts';
import type { Unit } from '../quota/unit.ts';
import type { SpendingLimit } from '../spendingLimits/spendingLimit.ts';
import type { Range } from '../usage/range.ts';
import type { Retention } from '../usage/retention.ts';
import type { Point } from '../usage/spend.ts';
import type { Mute } from '../warnings/mute.ts';
import type { KeyRules } from '../warnings/warningRules.ts';

/*
 * What services read and write, table by table. `src/store/` implements them over SQLite; times are epoch
 * milliseconds unless a name says otherwise.
 */

/** The keys' records; never secrets. */
export interface KeyTable {
  allKeys(): KeyRecord[];
  /** The keys of one kind at one origin, in their order. */
  keysOfSite(kind: string, origin: string): KeyRecord[];
  findKey(id: string): KeyRecord | undefined;
  /** Adds a record; one that is there already stays as it is. */
  addKey(key: KeyRecord): void;
  renameKey(id: string, label: string): void;
  pinKey(id: string, pinned: boolean): void;
  /** Pauses the checks of a key since a moment; undefined resumes them. */
  setPaused(id: string, since: number | undefined): void;
  setFingerprint(id: string, fingerprint: string): void;
  setOrigin(id: string, origin: string): void;
  /** Removes the record and every row of the key. */
  removeKey(id: string): void;
}

/** The latest that is known about one key, and when it is due again. Times in epoch milliseconds. */
export interface CheckState {
  readonly keyId: string;
  /** The last good reading, kept through failures. */
  readonly reading?: Reading;
  /** Why the last check brought none; absent after a good one. */
  readonly failure?: Failure;
  readonly forecast?: Forecast;
  /** Kept through failures as well; a check that brings none leaves it as it is. */
  readonly memory?: KeyMemory;
  readonly checkedAt?: number;
  /** Since when the figures of the readings have been as they are; absent where that is not known. */
  readonly unchangedSince?: number;
  /** Failed checks in a row. */
  readonly failures: number;
  /** The id of the account whose list brought the last reading; absent where the key was asked itself. */
  readonly readFrom?: string;
  /** Absent while checks are paused. */
  readonly dueAt?: number;
}
/** One row a key. */
export interface StateTable {
  allStates(): CheckState[];
  stateOf(keyId: string): CheckState | undefined;
  saveState(state: CheckState): void;
  setDue(keyId: string, dueAt: number): void;
  /** Makes the keys that are read from an account due, to be asked themselves. */
  askThemselves(accountId: string, dueAt: number): void;
}

/** That a key was found in an account's list. Times in epoch milliseconds. */
export interface AccountLink {
  readonly keyId: string;
  readonly accountId: string;
  /** Since when a person wants the key asked itself all the same. */
  readonly separatedAt?: number;
}
/** Keys that were found in the list of an account. */
export interface AccountLinkTable {
  linkOf(keyId: string): AccountLink | undefined;
  allLinks(): readonly AccountLink[];
  /** Saves that a key was found; a separation stays. Called inside a transaction. */
  saveLink(keyId: string, accountId: string, now: number): void;
  /** Separates a key since a moment; undefined ends that. */
  setSeparated(keyId: string, since: number | undefined): void;
  /** The links that no person was told of yet, and marks them as told. Called inside a transaction. */
  takeUntold(now: number): readonly AccountLink[];
}

/**
 * Claims: which window may check which key now. A claim ends by itself, so a window that crashes leaves
 * nothing behind.
 */
export interface ClaimTable {
  /** Whether the key is claimed now. A claim that ends later than any can was made before the clock went back. */
  isLive(keyId: string, now: number, longestMs: number): boolean;
  saveClaim(keyId: string, token: string, endsAt: number): void;
  /** Whether the claim is still that of `token`: not ended, not taken over. */
  isHeldBy(keyId: string, token: string, now: number): boolean;
  /** Prolongs a claim; false when it is no longer that of `token`. */
  prolongClaim(keyId: string, token: string, now: number, endsAt: number): boolean;
  releaseClaim(keyId: string, token: string): void;
  /** Ends any claim of the key, so that the answer to it is dropped. */
  endClaim(keyId: string): void;
}

/** Every call to a gateway, written before it is sent, and the holds of its limiters. */
export interface RequestLog {
  /** `paced` marks calls that are throttled to a distance from each other. */
  addCall(origin: string, limiter: string, sentAt: number, paced?: boolean): void;
  /** When calls were sent after `since`, oldest first. Epoch milliseconds. */
  sentSince(origin: string, limiter: string, since: number): number[];
  /** When the `n`th newest call was sent, from 1 on, if it was after `since`. */
  newestSince(origin: string, limiter: string, since: number, n: number): number | undefined;
  /** When the last call that keeps a distance was sent, if it was after `since`. */
  lastPaced(origin: string, limiter: string, since: number): number | undefined;
  deleteBefore(time: number): void;
  /** Holds a limiter until a moment; a shorter hold never shortens a longer one. */
  holdLimiter(origin: string, limiter: string, until: number, now: number): void;
  /**
   * Moves calls and holds of the future, written before the clock was put back, to `now`: they are neither
   * forgotten nor do they close the limiter until the clock has caught up.
   */
  dropFuture(origin: string, limiter: string, now: number): void;
  heldUntil(origin: string, limiter: string): number | undefined;
}

/** A call that a person asked for and that waits for room in the request budget. */
export interface WaitingCall {
  readonly origin: string;
  readonly limiter: string;
  readonly keyId: string;
  /** `check`: the key is asked as soon as there is room; `question`: whoever asked asks again then. */
  readonly purpose: 'check' | 'question';
}

/** Calls that wait, in all windows: polls leave room for them. Times in epoch milliseconds. */
export interface WaitingTable {
  /** How many calls wait for a limiter; those of a clock that was put back since do not count. */
  countWaiting(origin: string, limiter: string, now: number): number;
  /** The ids of keys whose check waits. */
  waitingChecks(now: number): ReadonlySet<string>;
  /** Lets a call wait from `now` until it is given up. */
  saveWaiting(call: WaitingCall, now: number, until: number): void;
  removeWaiting(call: WaitingCall): void;
  stopWaiting(keyId: string, purpose: WaitingCall['purpose']): void;
}

/** What gateways say about themselves, as JSON, and when that was read. */
export interface SiteTable {
  siteOf(origin: string):
    | {
        readonly site?: string;
        readonly askedAt: number;
      }
    | undefined;
  /** Saves the time; undefined keeps the last answer. */
  saveSite(origin: string, site: string | undefined, askedAt: number): void;
  /** Makes the next check read it again. */
  expireSite(origin: string): void;
}

/** When a key's log was last asked for without a person's asking, and how many tries in a row brought nothing. */
export interface LogTry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly failures: number;
}
/** One try a key. */
export interface LogTryTable {
  tryOf(keyId: string): LogTry | undefined;
  /** When a log was last asked for at an origin; 0 where none was. */
  lastTryAt(origin: string): number;
  saveTry(keyId: string, { at, failures }: LogTry): void;
  /** From when on a log is taken in, epoch milliseconds; 0 where nothing was erased. */
  takenSince(keyId: string): number;
  /** Lets nothing be taken in that was spent before a moment. */
  takeOnlySince(keyId: string, since: number): void;
}

/** The user's own limits: one for each key or unit, and period. */
export interface SpendingLimitTable {
  allLimits(): readonly SpendingLimit[];
  /** Saves a limit in place of another of the same scope and period. Called inside a transaction. */
  saveLimit(limit: SpendingLimit): void;
  removeLimit(limit: Omit<SpendingLimit, 'amount'>): void;
}

/** How much of each limiter is ours, by origin. A row that cannot be read counts as nothing learnt. */
export interface ShareTable {
  shareOf(origin: string, limiter: string): Share | undefined;
  saveShare(origin: string, limiter: string, share: Share): void;
}

/** Warnings that have fired, by key and name, as JSON. */
export interface FiredTable {
  /** All marks, by key and then by name. */
  allFired(): Map<string, Map<string, string>>;
  firedOf(keyId: string): Map<string, string>;
  saveFired(keyId: string, name: string, mark: string): void;
  removeFired(keyId: string, name: string): void;
}

/** Snoozes of single keys. */
export interface SnoozeTable {
  /** By key. */
  allSnoozes(): Map<string, Mute>;
  saveSnooze(keyId: string, { since, lastsMs }: Mute): void;
  removeAllSnoozes(): void;
}

/** Warning rules of single keys, in place of those for all. */
export interface KeyRulesTable {
  /** By key; unreadable rules are left out. */
  allRules(): Map<string, KeyRules>;
  /** Empty where there are none, or none that can be read. */
  rulesOf(keyId: string): KeyRules;
  saveRules(keyId: string, rules: KeyRules): void;
  removeRules(keyId: string): void;
}

/** The numbers in keys' aliases for agents. A removed key's number is not used again. */
export interface AliasTable {
  /** By key. */
  allAliases(): Map<string, number>;
  /** Gives a key the number after the highest that any key ever had, from 1 on. Returns it. */
  addAlias(keyId: string): number;
}

/** A secret on the clipboard: until when (epoch milliseconds) it stays there, and its digest. */
export interface CopiedSecret {
  readonly keyId: string;
  readonly until: number;
  readonly digest: string;
}
/** Secrets on the clipboard, as digests. */
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

/** A row that is written only to see whether the disk can be. */
export interface WriteProbe {
  probeWrite(now: number): void;
}

/** When maintenance was last done, so that one window does it for all. Epoch milliseconds. */
export interface MaintenanceTable {
  doneAt(name: string): number;
  markDone(name: string, now: number): void;
}

/** Mutes of all keys in all windows, by name. */
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
  /** Rows of different series cannot be compared, though their units have one name. */
  readonly series: number;
  /** Whether it is merged from readings of an hour or a day: then the spend was anywhere between its ends. */
  readonly isMerged: boolean;
  /** Whether a budget was reset before it, long after the reading before: spend until the reset is not known. */
  readonly isAfterLoss: boolean;
}
/** A key's spend on one local day, in one series. */
export interface DaySpend {
  readonly keyId: string;
  /** The local day: `2026-06-01`. */
  readonly day: string;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly spent: number;
  /** For how long readings were taken, from one to the next. */
  readonly watchedMs: number;
  readonly series: number;
}
/** Recorded samples of a key's spend, and since when it was watched without a gap. Epoch milliseconds. */
export interface WatchedSpend {
  readonly since: number;
  readonly spans: readonly SpendSpan[];
}
/** Readings over time, compact: whole numbers, whole seconds, one row for equal readings. */
export interface HistoryTable {
  /** Adds a reading of time `now`. Called inside a transaction. */
  appendReading(keyId: string, unit: Unit, point: Point, now: number): void;
  /** A key's rows that begin in a span of time, oldest first. Epoch milliseconds. */
  historyRows(keyId: string, from: number, to: number): HistoryRow[];
  /** The samples of a key's spend in a unit between two moments, of all series. */
  spendSpans(keyId: string, unit: Unit, from: number, to: number): readonly SpendSpan[];
  /** The same for the current series, and since when it has been watched without a gap. */
  currentSpend(keyId: string, from: number, to: number): WatchedSpend;
  /** Spend and watched time of every key on each local day (`2026-06-01`) of a span, in order. */
  spendByDay(from: string, to: string): DaySpend[];
  /** The current series of each key. */
  currentSeries(): Map<string, number>;
  /** Erases a key's history; its current state stays. Called inside a transaction. */
  eraseKey(keyId: string): void;
  /** Erases the series that a key is in now, with all it spent in it. Called inside a transaction. */
  eraseCurrentSeries(keyId: string): void;
}

/** A span of time whose readings are merged by the hour or day. Epoch seconds, the end excluded. */
export interface Span {
  readonly each: 'hour' | 'day';
  readonly from: number;
  readonly to: number;
}
/** Merges old readings: the last figures of each hour or day, with the spend of all. */
export interface Compaction {
  /** The numbers of the keys to compact, one `compactKey` each, so that no transaction is long. */
  keysToCompact(): number[];
  /** The spans to compact since the last complete run. `now` is in epoch milliseconds. */
  spansToCompact({ rawDays, hourlyDays }: Retention, now: number): readonly Span[];
  /** Compacts one key's readings. Called inside a transaction. */
  compactKey(keyNo: number, spans: readonly Span[]): void;
  /** Marks the spans as done for all keys. Called inside a transaction. */
  finishCompaction(spans: readonly Span[]): void;
}

/** The scales that a key was read by: rows of a log are raw units, without the scale of their time. */
export interface ScaleTable {
  /** Whether the unit, scale or rate was another than the current one within a range. */
  hasChangedIn(keyId: string, range: Range): boolean;
}
