import type { Rejection } from '../../core/input/importReasons.ts';
import type { CredentialType } from '../../core/quota/key.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { FoundKey } from './foundKey.ts';

/** Where keys were found. */
export interface FoundSource {
  /** The program or file, as it may be shown. */
  readonly title: string;
  readonly keys: readonly FoundKey[];
  /** Whether the file is the user's own, so that names of environment variables in it may be looked up. */
  readonly isOwnFile: boolean;
}

/** A key that can be added, once its address is known. */
export interface Candidate {
  /** The name that it gets. */
  readonly label: string;
  /** Whether that is the key's own name, from its record, which is kept whatever its gateway calls the key. */
  readonly isNamed?: true;
  readonly sourceTitle: string;
  /** Absent while the person has to enter it. */
  readonly secret?: string;
  /** The environment variable that the entry names, and that the secret was taken from. */
  readonly variable?: string;
  /** Absent while the person has to give it. */
  readonly baseUrl?: string;
  /** An address from another file, to be confirmed. */
  readonly suggestedAddress?: string;
  /** The kind, where the source or the host tells it; else the address is asked once the key is ticked. */
  readonly kind?: string;
  readonly credential?: CredentialType;
  readonly userId?: string;
  readonly note?: string;
  /** The label of the key that is here already with this secret and address. */
  readonly presentAs?: string;
  /** The id by which the account's gateway is asked for the secret, once the key is ticked. */
  readonly secretId?: string;
  /** The secret with mask characters in its middle, as its account's list has it. */
  readonly maskedAs?: string;
  /** What the list of its account says of it. */
  readonly listed?: { readonly key: AccountKey; readonly unit: Unit };
  /** The same as its first reading, where nothing is known against it. */
  readonly reading?: Reading;
}

/** An entry that is not offered. */
export interface RejectedEntry {
  readonly label: string;
  readonly sourceTitle: string;
  readonly reason: Rejection;
  /** The variable that is not set. */
  readonly variable?: string;
}
