import type { KeyRecord } from '../quota/key.ts';

/** The keys' records; never secrets. */
export interface KeyTable {
  /** In the user's own order; new ones come last. */
  allKeys(): KeyRecord[];
  /** The keys of one kind at one base URL, in their order. */
  keysOfSite(kind: string, baseUrl: string): KeyRecord[];
  findKey(id: string): KeyRecord | undefined;
  /** Adds a record; one that is there already stays as it is. */
  addKey(key: KeyRecord): void;
  renameKey(id: string, label: string): void;
  pinKey(id: string, pinned: boolean): void;
  /** Sets what a person wrote about the key; undefined removes it. */
  setNote(id: string, note: string | undefined): void;
  /** Sets the order of all keys. Called inside a transaction. */
  setOrder(ids: readonly string[]): void;
  /** Pauses the checks of a key since a moment; undefined resumes them. */
  setPaused(id: string, since: number | undefined): void;
  setFingerprint(id: string, fingerprint: string): void;
  setBaseUrl(id: string, baseUrl: string): void;
  /** Removes the record and every row of the key. */
  removeKey(id: string): void;
}

/** The numbers in keys' aliases for agents. A removed key's number is not used again. */
export interface AliasTable {
  /** By key. */
  allAliases(): Map<string, number>;
  /** Gives a key the number after the highest that any key ever had, from 1 on. Returns it. */
  addAlias(keyId: string): number;
}

/** That a key was found in an account's list. Times in epoch milliseconds. */
export interface AccountLink {
  readonly keyId: string;
  readonly accountId: string;
  /** Whether the list had the key when it was last read; a check that brings no list leaves this as it is. */
  readonly stands: boolean;
  /** Since when a person wants the key asked itself all the same. */
  readonly separatedAt?: number;
}

/** Keys that were found in the list of an account. */
export interface AccountLinkTable {
  linkOf(keyId: string): AccountLink | undefined;
  allLinks(): readonly AccountLink[];
  /** Saves that a key was found; a separation stays. Called inside a transaction. */
  saveLink(keyId: string, accountId: string, now: number): void;
  /**
   * Ends the links of a key or an account, because a list does not have the key any more, or its secret is another. Called
   * inside a transaction.
   */
  endLinks(id: string): void;
  /** Separates a key since a moment; undefined ends that. */
  setSeparated(keyId: string, since: number | undefined): void;
  /** Returns the links that the user has not been told of yet, and marks them as told. Called inside a transaction. */
  takeUntold(now: number): readonly AccountLink[];
}
