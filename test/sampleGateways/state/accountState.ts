/** A plan that an account pays by at New API, in raw units and epoch seconds; 0 is no limit, no reset, no end. */
export interface AccountPlan {
  readonly id: number;
  readonly title: string;
  readonly period: 'never' | 'daily' | 'weekly' | 'monthly' | 'custom';
  readonly customSeconds?: number;
  readonly total: number;
  readonly used: number;
  readonly resetsAt?: number;
  readonly endsAt?: number;
  /** Whether it is not on offer any more. */
  readonly isWithdrawn?: true;
}

/** What a gateway holds about the owner of keys, in raw quota units. */
export interface AccountState {
  readonly id: number;
  readonly name: string;
  readonly accessToken: string;
  /** What its access token is allowed from 1.0.0-rc.41 on; absent for a token of before, which is allowed everything. */
  scopes?: readonly string[];
  readonly managementKey: string;
  /** The wallet: what can still be spent. It may be negative. */
  quota: number;
  /** Spent in the account's life. */
  used: number;
  requests: number;
  banned: boolean;
  /** Its plans, at New API only. */
  plans?: readonly AccountPlan[];
  group: string;
  /** Groups that its keys may not use, though they can be in one. */
  closedGroups: readonly string[];
  /** False hides all keys from lists, as for an account that never made one. */
  listsKeys: boolean;
  /** How CometAPI's query service writes an unlimited key of this account. */
  unlimitedAs: '999999999' | '-1';
}

/** What a test may say about an account; the rest is ordinary. */
export type AccountFigures = Partial<Omit<AccountState, 'id' | 'name' | 'accessToken' | 'managementKey'>>;
