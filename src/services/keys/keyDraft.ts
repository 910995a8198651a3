import type { StoredSecret } from '../../core/ports/secrets.ts';
import type { CredentialType } from '../../core/quota/key.ts';

/** A key as a person enters it. Base URL and secret are parsed already. */
export interface KeyDraft {
  readonly label: string;
  readonly kind: string;
  readonly baseUrl: string;
  readonly credential: CredentialType;
  readonly userId?: string;
  readonly note?: string;
  /** See `BoundSecret.mayStandInUrl`: a person's yes, which no argument gives. */
  readonly mayStandInUrl?: true;
  readonly secret: string;
}

/** What SecretStorage holds for a key. */
export function secretEntryOf(
  { kind, label, baseUrl, credential, userId, mayStandInUrl }: Omit<KeyDraft, 'secret'>,
  secret: string,
): StoredSecret {
  return { secret, baseUrl, credential, userId, mayStandInUrl, kind, label };
}
