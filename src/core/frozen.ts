/** Plain data that nobody can change any more, however deep. What is frozen already is looked at no further. */
export function frozen<T>(items: readonly T[]): readonly T[] {
  for (const item of items) freeze(item);
  return Object.freeze(items);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
