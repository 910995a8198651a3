import type { OverviewMessage } from '../../core/panels/overviewMessages.ts';

/**
 * The parts of `next` that differ from `before`, which the page shows, and only the cards that differ. Undefined where
 * nothing does.
 */
export function changedParts(before: OverviewMessage, next: OverviewMessage): OverviewMessage | undefined {
  const { type, cards = [], ...parts } = next;
  const known = new Map(before.cards?.map(card => [card.id, card]));
  const changed = cards.filter(card => !isSame(card, known.get(card.id)));
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const differing = names.filter(name => !isSame(parts[name], before[name]));
  if (changed.length === 0 && differing.length === 0) return undefined;
  return {
    type,
    ...Object.fromEntries(differing.map(name => [name, parts[name]])),
    ...(changed.length > 0 && { cards: changed }),
  };
}

/** Compared as JSON, in which messages are sent. */
function isSame(some: unknown, other: unknown): boolean {
  return JSON.stringify(some) === JSON.stringify(other);
}
