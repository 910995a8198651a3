import { allDescriptions } from './descriptions.ts';

/** The names whose descriptions differ now from those of before. */
export function changedDescriptions(before: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const now = allDescriptions();
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return new Set([...names].filter(name => JSON.stringify(before[name]) !== JSON.stringify(now[name])));
}
