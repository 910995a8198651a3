/** Adds a text to what an error says. What is printed of one is its stack, which has its message in front. */
export function addToError(error: unknown, text: string): void {
  if (!(error instanceof Error)) return;
  // V8 formats the stack when it is first read, so this comes before the message changes.
  const stack = error.stack ?? '';
  const frames = stack.search(/^\s+at\s/m);
  error.message += `\n${text}`;
  error.stack = frames < 0 ? error.message : `${stack.slice(0, frames)}${text}\n${stack.slice(frames)}`;
}
