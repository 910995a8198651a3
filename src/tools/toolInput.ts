/** A text in what a model filled in; models also send empty texts for what they do not mean. */
export function textIn(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A yes in what a model filled in. */
export function flagIn(input: Readonly<Record<string, unknown>>, name: string): boolean {
  return input[name] === true;
}
