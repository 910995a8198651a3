import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { KeyRecord } from '../../core/quota/key.ts';

const FORMAT = 'key-quota-keys';
const VERSION = 1;

/** The JSON of an export, and the names of keys whose secret could not be read. */
export interface KeysFile {
  readonly text: string;
  readonly withoutSecret: readonly string[];
}

/**
 * Writes keys as JSON `{ format, version, keys: [{ label, kind, baseUrl, credential, userId?, note?, secret? }] }`. Without
 * `readSecret` it holds names and addresses alone.
 */
export async function keysFile(
  keys: readonly KeyRecord[],
  readSecret?: (id: string) => Promise<SecretLookup>,
): Promise<KeysFile> {
  const withoutSecret: string[] = [];
  const entries = [];
  for (const { id, label, kind, baseUrl, credential, userId, note } of keys) {
    const entry = { label, kind, baseUrl, credential, userId, note };
    const stored = await readSecret?.(id);
    if (typeof stored === 'object') entries.push({ ...entry, secret: stored.secret });
    else {
      if (readSecret) withoutSecret.push(label);
      entries.push(entry);
    }
  }
  const content = { format: FORMAT, version: VERSION, keys: entries };
  return { text: `${JSON.stringify(content, null, 2)}\n`, withoutSecret };
}

/** Whether JSON is an export of ours. */
export function isKeysFile(json: { readonly [name: string]: unknown }): boolean {
  return json.format === FORMAT;
}
