import type { CredentialType } from '../quota/key.ts';

/** A secret together with the only origin it may be sent to. */
export interface BoundSecret {
  readonly secret: string;
  readonly origin: string;
  readonly credential: CredentialType;
  /** See `KeyRecord.userId`. */
  readonly userId?: string;
  /**
   * Whether the user has said yes to this secret standing in the URL of a question for its log. It goes with the
   * secret: another one in its place needs another yes.
   */
  readonly mayStandInUrl?: true;
}

/** What SecretStorage holds for a key: enough to bind the secret, and to rebuild a lost record. */
export interface StoredSecret extends BoundSecret {
  readonly kind: string;
  readonly label: string;
}

/** Why there is no secret for a key. Each has a way out of its own. */
export type SecretTrouble =
  /** Nothing is stored, as after a key's record came from elsewhere. */
  | 'missing'
  /** The system's key ring refused: it is locked, or was closed. */
  | 'unreadable'
  /** The key ring, or VS Code’s way to it, does not answer. It may yet. */
  | 'unanswered'
  /** It was stored, and could not be decrypted any more: VS Code has thrown it away. */
  | 'undecryptable'
  /** No secret at all is left although there are keys: they were kept in memory alone. */
  | 'forgotten'
  /** The window of a browser has overwritten what another one had stored. */
  | 'dropped';

export type SecretLookup = StoredSecret | SecretTrouble;

/** The secrets by key id. */
export interface Secrets {
  /** The secret of a key that has a record, or why there is none. */
  read(id: string): Promise<SecretLookup>;
  write(id: string, entry: StoredSecret): Promise<void>;
  remove(id: string): Promise<void>;
  /** Ids of all keys that have a secret on this machine. */
  ids(): Promise<string[]>;
  /**
   * Calls back when a secret really changed, or came after it was waited for in vain: VS Code also tells of equal
   * values and of our own writes.
   */
  onDidChange(listener: (id: string) => void): { dispose(): unknown };
}
