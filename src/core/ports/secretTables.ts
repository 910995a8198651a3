/** A secret on the clipboard: until when (epoch milliseconds) it stays there, and its digest. */
export interface CopiedSecret {
  readonly keyId: string;
  readonly until: number;
  readonly digest: string;
}

/** Secrets on the clipboard, as digests. */
export interface CopiedSecretTable {
  allCopied(): CopiedSecret[];
  saveCopied({ keyId, until, digest }: CopiedSecret): void;
  removeCopied(keyId: string): void;
}

/** Secrets without a key that the user wants left alone, by the id their key had. */
export interface IgnoredSecretTable {
  isIgnored(id: string): boolean;
  ignoreSecret(id: string, now: number): void;
}
