import { isMembers } from '../../core/ownJson.ts';

export type Members = Readonly<Record<string, unknown>>;

const NONE: Members = Object.freeze({});

/** The object under a path of names; an empty one where there is none. */
export function membersAt(value: unknown, ...path: readonly string[]): Members {
  const found = valueAt(value, path);
  return isMembers(found) ? found : NONE;
}

/** The list under a path of names; an empty one where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The first of these members that is a text with more than spaces in it. */
export function firstText(members: Members, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** An id that is written as a number or as a text of digits. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  return typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? value.trim() : undefined;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (!isMembers(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}
