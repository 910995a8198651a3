import type { BaseUrl } from '../input/baseUrl.ts';
import type { CredentialType } from '../quota/key.ts';

/** A secret together with the base URL below which alone it may be sent. */
export interface BoundSecret {
  readonly secret: string;
  readonly baseUrl: BaseUrl;
  readonly credential: CredentialType;
  /** See `KeyRecord.userId`. */
  readonly userId?: string;
  /**
   * Whether the user allowed this secret in the URL of a log request. It is stored with the secret, so
   * another secret needs another yes.
   */
  readonly mayStandInUrl?: true;
}

/** What SecretStorage holds for a key: enough to bind the secret, and to rebuild a lost record. */
export interface StoredSecret extends BoundSecret {
  readonly kind: string;
  readonly label: string;
}

/** Why there is no secret for a key. Each has its own advice. */
export type SecretTrouble =
  /** Nothing is stored, as after a key's record came from elsewhere. */
  | 'missing'
  /** The system's key ring refused: it is locked, or was closed. */
  | 'unreadable'
  /** The key ring, or VS Code's way to it, does not answer yet. */
  | 'unanswered'
  /** It could not be decrypted, and VS Code has deleted it. */
  | 'undecryptable'
  /** No secret at all is left although there are keys: they were stored in memory only. */
  | 'forgotten'
  /** Another browser window has overwritten it. */
  | 'dropped';

/** The secret of a key, or why there is none. */
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
   * Calls back when a secret has changed, or has come after `unanswered`. Events of VS Code for equal values
   * and for our own writes are left out.
   */
  onDidChange(listener: (id: string) => void): { dispose(): unknown };
}
