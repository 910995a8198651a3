import type { SQLInputValue } from 'node:sqlite';

/**
 * The values of a statement that numbers its parameters, `?1` first: by name, since Node before 22.20 takes numbered
 * parameters for named ones, and refuses a list (nodejs/node#59350).
 */
export function numbered(...values: readonly SQLInputValue[]): Record<string, SQLInputValue> {
  return Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value]));
}
