import type { BaseUrl } from '../input/baseUrl.ts';

/** What kind of string the secret is; each opens other endpoints of a gateway. */
export const CREDENTIAL_TYPES = ['apiKey', 'queryKey', 'accessToken', 'managementKey'] as const;

/** One of `CREDENTIAL_TYPES`. */
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

/** A key as the store knows it. The secret is not here: it lives in SecretStorage alone. */
export interface KeyRecord {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly baseUrl: BaseUrl;
  readonly credential: CredentialType;
  /** The account's numeric id, which old New API versions want beside an access token. */
  readonly userId?: string;
  /** A short digest of base URL and secret: equal for the same key entered twice. */
  readonly fingerprint: string;
  readonly pinned: boolean;
  /** What a person wrote about it. */
  readonly note?: string;
  /** Since when a person wants it not to be asked, epoch milliseconds; absent while it is checked. */
  readonly pausedAt?: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}
