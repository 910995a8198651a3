import type { AccountKey } from '../core/quota/reading.ts';
import type { Unit } from '../core/quota/unit.ts';

/** A key of an account's list, with what the list has of its secret. */
export interface ListedSecret {
  readonly key: AccountKey;
  /** The whole secret, where the list has it. */
  readonly secret?: string;
  /** The same with mask characters in its middle, as the list has it. */
  readonly maskedAs?: string;
  /** What the gateway is asked by for the whole secret, where it tells that to its owner. */
  readonly secretId?: string;
}

/** The keys of an account as `Gateway.readListedSecrets` finds them. */
export interface SecretList {
  readonly unit: Unit;
  readonly rows: readonly ListedSecret[];
  /** Whether these are all of them. */
  readonly isWhole: boolean;
}
