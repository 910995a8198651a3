/**
 * Reads JSON that we wrote ourselves, into the database or into SecretStorage: the value where `isOurs` knows it,
 * undefined where there is no text, where the text is no JSON (it was damaged since), or where the value is another
 * one (an older or a newer version wrote it). Never throws, unless `isOurs` does.
 */
export function parseOwnJson<T>(
  text: string | undefined,
  isOurs: (value: unknown) => value is T,
): T | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isOurs(value) ? value : undefined;
}

/** Whether a value is an object with members: neither null nor a list. */
export function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
