/** Text that goes into the JSON as it is: numbers JavaScript cannot hold, or broken JSON on purpose. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An object that Go would write from a struct: members keep the order they are given in. */
export class GoStruct {
  readonly members: Record<string, unknown>;
  constructor(members: Record<string, unknown>) {
    this.members = members;
  }
}

/**
 * Writes JSON like gin's `c.JSON`: members of maps in alphabetical order, `<`, `>`, `&` and the two line
 * separators escaped. Floats need nothing: Go and JavaScript switch to exponents at the same sizes.
 */
export function goJson(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (value instanceof GoStruct) return writeObject(value.members, Object.keys(value.members));
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>;
    return writeObject(members, Object.keys(members).sort());
  }
  return JSON.stringify(value) ?? 'null';
}

function writeObject(members: Record<string, unknown>, names: string[]): string {
  const parts = names
    .filter(name => members[name] !== undefined)
    .map(name => `${writeString(name)}:${goJson(members[name])}`);
  return `{${parts.join(',')}}`;
}

function writeString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
