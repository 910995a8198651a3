/** Why an entry of a file, a program or pasted text is not offered for import. */
export type Rejection =
  | 'placeholder'
  | 'reference'
  | 'unset-variable'
  | 'login'
  | 'local-proxy'
  | 'not-supported'
  | 'plain-http'
  | 'bad-address'
  | 'not-a-key';

/** Why a file could not be read at all. */
export type UnreadableReason =
  | 'encrypted'
  | 'too-much-work'
  | 'unknown-format'
  | 'too-large'
  | 'damaged'
  | 'no-keys-inside';
