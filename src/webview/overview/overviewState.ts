import type { OverviewCard, OverviewMessage } from '../../core/panels/overviewMessages.ts';

/** What the page shows: the parts that have come so far. */
export class OverviewState {
  #parts: Omit<OverviewMessage, 'type' | 'cards'> = {};
  readonly #cards = new Map<string, OverviewCard>();

  /** Takes in the parts of a message; parts that it lacks stay as they are. */
  receive({ type: _type, cards = [], ...parts }: OverviewMessage): void {
    this.#parts = { ...this.#parts, ...parts };
    for (const card of cards) this.#cards.set(card.id, card);
  }

  get parts(): Omit<OverviewMessage, 'type' | 'cards'> {
    return this.#parts;
  }

  /** The cards in their order. */
  get cards(): readonly OverviewCard[] {
    return (this.#parts.order ?? []).flatMap(id => this.#cards.get(id) ?? []);
  }
}
