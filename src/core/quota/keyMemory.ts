import type { Failure } from './failure.ts';
import type { SpendInUnit } from './keyState.ts';

/**
 * What a gateway's implementation keeps of a key from one check to the next, beside the reading: for no screen and no
 * public shape. Amounts are the gateway's raw numbers, times epoch milliseconds.
 */
export interface KeyMemory {
  /** The last figures; limit and what is left are absent for a key without a limit. */
  readonly limit?: number;
  readonly used?: number;
  readonly left?: number;
  /** When the limit was asked for. */
  readonly limitAt?: number;
  /** When the key last told its figures itself, or its account's list did. */
  readonly ownAt?: number;
  /** When the key's own endpoint was asked, which is scarce. */
  readonly detailsAt?: number;
  /** Its number in the list of its account, by which rows of the account's log name it. */
  readonly listedId?: number;
  /** When it was last asked for, or was to be, whether the key is let through where it is used, which no list tells. */
  readonly confirmAt?: number;
  /**
   * When the key was to be asked itself, because the list's figures cannot follow from those before, and what the list
   * said.
   */
  readonly listDoubtedAt?: number;
  readonly listedLimit?: number;
  readonly listedUsed?: number;
  /** What was told as used of a day's window, and since when that has been told. */
  readonly usedOfDay?: number;
  readonly usedOfDaySince?: number;
  /** The reason of the refusal that it was asked about then. */
  readonly refusal?: Failure['reason'];
  /** What that refusal means, where the key has no figures. */
  readonly meaning?: Pick<Failure, 'class' | 'reason'>;
  /** For a served key: how often its server asks, in milliseconds, and the spend that the server tells. */
  readonly toldEveryMs?: number;
  readonly toldSpend?: SpendInUnit;
}
