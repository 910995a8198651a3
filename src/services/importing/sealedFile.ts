/** The beginning of a file that is encrypted by age, as text or as bytes. */
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';
const HEADER = 'age-encryption.org/v1';
/** The header of a file with one passphrase is shorter. */
const MAX_HEADER_LENGTH = 1000;
const BY_PASSPHRASE = /^-> scrypt \S+ (\d+)$/m;

/** The most work that a file may ask for: 2¹⁸ takes about a second, and each step more twice as long. */
export const MAX_WORK_FACTOR = 18;

/** How a file is encrypted: by a passphrase, with the work of trying one, or in a way that we cannot open. */
export type Seal = { readonly by: 'passphrase'; readonly workFactor: number } | { readonly by: 'other' };

/** How a file is encrypted by age; undefined for one that is not. */
export function sealOf(bytes: Uint8Array): Seal | undefined {
  const text = Buffer.from(bytes.subarray(0, 2 * MAX_HEADER_LENGTH))
    .toString('latin1')
    .trimStart();
  const header = text.startsWith(ARMOR)
    ? Buffer.from(text.slice(ARMOR.length).replace(/-----[\s\S]*$/, ''), 'base64').toString('latin1')
    : text;
  if (!header.startsWith(HEADER)) return undefined;
  const workFactor = BY_PASSPHRASE.exec(header.slice(0, MAX_HEADER_LENGTH))?.[1];
  return workFactor === undefined ? { by: 'other' } : { by: 'passphrase', workFactor: Number(workFactor) };
}
