import { originAndBaseUrl } from '../../core/input/baseUrl.ts';
import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { StoredSecret } from '../../core/ports/secrets.ts';

const AT_ROOT = 'key:';
/**
 * A name that version 0.1.0 does not read: it knows no paths, and would send the secret to whatever stands at the root of
 * the origin.
 */
const BELOW_PATH = 'keyBelowPath:';

/** The names under which the secret of a key may be stored; there is one at most. */
export function secretNames(id: string): readonly [atRoot: string, belowPath: string] {
  return [AT_ROOT + id, BELOW_PATH + id];
}

/** The key to which a name in SecretStorage belongs; undefined for names that are not ours. */
export function keyIdOf(name: string): string | undefined {
  const prefix = [AT_ROOT, BELOW_PATH].find(each => name.startsWith(each));
  return prefix && name.slice(prefix.length);
}

/** Name and text of an entry. */
export function toStoredSecret(
  id: string,
  { baseUrl: bound, ...entry }: StoredSecret,
): { readonly name: string; readonly text: string } {
  const { origin, baseUrl } = originAndBaseUrl(bound);
  const [atRoot, belowPath] = secretNames(id);
  return baseUrl === undefined
    ? { name: atRoot, text: JSON.stringify({ origin, ...entry }) }
    : { name: belowPath, text: JSON.stringify({ baseUrl, ...entry }) };
}

/** Undefined for what is no entry. */
export function fromStoredSecret(text: string | undefined): StoredSecret | undefined {
  const entry = parseOwnJson(text, isEntry);
  if (!entry) return undefined;
  const { origin, baseUrl = origin, ...others } = entry;
  return baseUrl === undefined ? undefined : { ...others, baseUrl };
}

type Entry = Omit<StoredSecret, 'baseUrl'> & { readonly origin?: string; readonly baseUrl?: string };

function isEntry(entry: unknown): entry is Entry {
  if (!isMembers(entry)) return false;
  const place = entry.baseUrl ?? entry.origin;
  return [place, entry.secret, entry.credential, entry.kind, entry.label].every(
    text => typeof text === 'string',
  );
}
