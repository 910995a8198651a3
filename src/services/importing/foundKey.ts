import type { UnreadableReason } from '../../core/input/importReasons.ts';
import type { CredentialType } from '../../core/quota/key.ts';

/** A key as a text or file has it, with what stands in the same record. Nothing of it is checked yet. */
export interface FoundKey {
  /** As written there: a secret, a reference such as `{env:NAME}`, or a placeholder. Absent where it was left out on purpose. */
  readonly secret?: string;
  /** The address that the same record, or the same file, gives for this key. */
  readonly address?: string;
  /** An address from elsewhere that may be meant; only a person may put the two together. */
  readonly suggestedAddress?: string;
  /** What the record calls the key or its service. */
  readonly name?: string;
  /** The kind of gateway, where the record tells it. */
  readonly kind?: string;
  readonly credential?: CredentialType;
  /** The account's numeric id, beside an access token. */
  readonly userId?: string;
  /** What its user wrote about it. */
  readonly note?: string;
}

/** A file of which nothing can be taken; says why, and never quotes it. */
export class UnreadableFileError extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason) {
    super(`The file cannot be read: ${reason}`);
    this.name = 'UnreadableFileError';
    this.reason = reason;
  }
}
