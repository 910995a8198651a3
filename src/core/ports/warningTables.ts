import type { SpendingLimit } from '../spendingLimits/spendingLimit.ts';
import type { Mute } from '../warnings/mute.ts';
import type { KeyRules } from '../warnings/warningRules.ts';

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

/** Mutes of all keys in all windows, by name. */
export interface MuteTable {
  muteOf(name: string): Mute | undefined;
  saveMute(name: string, { since, lastsMs }: Mute): void;
  removeMute(name: string): void;
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

/** The user's own limits: one for each key or unit, and period. */
export interface SpendingLimitTable {
  allLimits(): readonly SpendingLimit[];
  /** Saves a limit in place of another of the same scope and period. Called inside a transaction. */
  saveLimit(limit: SpendingLimit): void;
  removeLimit(limit: Omit<SpendingLimit, 'amount'>): void;
}
