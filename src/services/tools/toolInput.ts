/** The input of a tool, by name: a text, a boolean, or one of some words. */
export type InputShape = Readonly<Record<string, 'text' | 'flag' | readonly string[]>>;

type ParsedInput<Shape extends InputShape> = {
  readonly [Name in keyof Shape]?: Shape[Name] extends 'text'
    ? string
    : Shape[Name] extends 'flag'
      ? boolean
      : Shape[Name] extends readonly (infer Word)[]
        ? Word
        : never;
};

const MAX_TEXT_LENGTH = 200;

/**
 * Parses a tool's input, which VS Code does not validate against the schema. Null and empty texts count as
 * absent, since models send them.
 * @throws Error with a sentence that lists what is allowed, for anything unknown or invalid.
 */
export function parseToolInput<const Shape extends InputShape>(
  input: unknown,
  shape: Shape,
): ParsedInput<Shape> {
  const names = Object.keys(shape);
  if (input !== undefined && input !== null && (typeof input !== 'object' || Array.isArray(input))) {
    throw new Error(`The input must be an object with ${joinNames(names)}.`);
  }
  const parsed: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(input ?? {})) {
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (kind === undefined)
      throw new Error(`There is no input “${truncateName(name)}”. There are: ${joinNames(names)}.`);
    const member = parseMember(name, value, kind);
    if (member !== undefined) parsed[name] = member;
  }
  return parsed as ParsedInput<Shape>;
}

function parseMember(
  name: string,
  value: unknown,
  kind: 'text' | 'flag' | readonly string[],
): string | boolean | undefined {
  if (value === null || value === undefined) return undefined;
  if (kind === 'flag') {
    if (typeof value === 'boolean') return value;
    throw new Error(`“${name}” must be true or false.`);
  }
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const text = typeof value === 'string' && value.length <= MAX_TEXT_LENGTH ? value.trim() : undefined;
  if (kind === 'text') {
    if (text !== undefined) return text;
    throw new Error(`“${name}” must be a text of at most ${MAX_TEXT_LENGTH} characters.`);
  }
  if (text !== undefined && kind.includes(text)) return text;
  throw new Error(`“${name}” must be one of: ${joinNames(kind)}.`);
}

function joinNames(words: readonly string[]): string {
  return words.join(', ');
}

function truncateName(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name;
}
