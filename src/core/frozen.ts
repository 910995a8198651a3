/** Deeply frozen plain data, so that nobody can change it. What is frozen already is not descended into. */
export function frozen<T>(items: readonly T[]): readonly T[] {
  for (const item of items) freeze(item);
  return Object.freeze(items);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
