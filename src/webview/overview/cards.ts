import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { OverviewCard } from '../../core/panels/overviewMessages.ts';
import { nameOf } from '../widgets/name.ts';
import { bar, days, icon } from './pictures.ts';

export interface CardsOptions {
  readonly cards: readonly OverviewCard[];
  /** The id of the card that the Tab key goes to. */
  readonly current: string | undefined;
  readonly onFocus: (id: string) => void;
  readonly reveal: (id: string) => void;
  readonly showUsage: (id: string) => void;
}

/** The cards as a list: one stop for the Tab key, and arrow keys within it. */
export function cardList(options: CardsOptions): TemplateResult {
  const { cards, current } = options;
  const stop = cards.some(({ id }) => id === current) ? current : cards[0]?.id;
  return html`<ul
    class="cards"
    aria-label=${l10n.t('Keys by urgency; arrow keys move')}
    @keydown=${onKeyDown}
  >
    ${repeat(
      cards,
      ({ id }) => id,
      card => cardItem(card, card.id === stop ? 0 : -1, options),
    )}
  </ul>`;
}

function cardItem(
  card: OverviewCard,
  tabIndex: 0 | -1,
  { onFocus, reveal, showUsage }: CardsOptions,
): TemplateResult {
  const { id, name, tone, notice, next, left, share, spent } = card;
  const line = (text: string | undefined, of: string) =>
    text === undefined ? nothing : html`<p class=${of}>${text}</p>`;
  return html`<li class="card" @focusin=${() => onFocus(id)}>
    <div class="head">
      <span class=${tone}>${icon(card.icon)}</span>
      <button
        type="button"
        class="to-tree"
        tabindex=${tabIndex}
        title=${l10n.t('Show in Tree')}
        @click=${() => reveal(id)}
      >${nameOf(name)}</button>
      ${card.isPinned ? html`${icon('pinned')}<span class="unseen">${l10n.t('pinned')}</span>` : nothing}
      <button
        type="button"
        class="to-usage"
        tabindex=${tabIndex}
        aria-label=${l10n.t('Usage of {0}', name)}
        @click=${() => showUsage(id)}
      >${l10n.t('Usage')}</button>
    </div>
    ${notice === undefined ? html`<p class="unseen">${card.status}</p>` : html`<p class=${`notice ${tone}`}>${notice}</p>`}
    <div class="left">${bar(card.bar)}${share === undefined ? nothing : html`<span>${share}</span>`}${left === undefined ? nothing : html`<b>${left}</b>`}</div>
    ${line(next, 'next')}
    <div class="spent">${days(card.days)}${spent === undefined ? nothing : html`<span>${spent}</span>`}</div>
  </li>`;
}

/** Moves the focus to the same button of another card. */
function onKeyDown(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const items = [...list.children] as HTMLElement[];
  const button = (event.target as Element).closest('button');
  const at = items.findIndex(item => item.contains(button));
  if (at < 0) return;
  const next = nextCard(event.key, at, items.length, columnsOf(items), getComputedStyle(list).direction);
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.querySelector<HTMLElement>(`.${button?.className}`)?.focus();
}

/** How many cards stand beside each other. */
function columnsOf(items: readonly HTMLElement[]): number {
  const below = items.findIndex(({ offsetTop }) => offsetTop !== items[0]?.offsetTop);
  return below < 0 ? items.length : below;
}

/** The place of the card that a key goes to; undefined for other keys. */
export function nextCard(
  key: string,
  at: number,
  count: number,
  columns: number,
  direction = 'ltr',
): number | undefined {
  const forward = direction === 'rtl' ? -1 : 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: at - forward,
    ArrowRight: at + forward,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  return next === undefined ? undefined : next < 0 || next >= count ? at : next;
}
