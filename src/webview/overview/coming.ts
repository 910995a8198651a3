import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { OverviewEvent, OverviewMessage } from '../../core/panels/overviewMessages.ts';
import { DAY_MS } from '../../core/time.ts';
import { countText } from '../../text/amount.ts';
import { timeText } from '../chart/timeLabels.ts';
import { button } from '../widgets/button.ts';
import { nameOf } from '../widgets/name.ts';

const DAYS = 14;
const FIRST_EVENTS = 6;
/** More marks of one day would not fit above each other. */
const MAX_MARKS = 4;

/** What a mark looks like, by what happens. */
const MARKS: Readonly<Record<OverviewEvent['what'], string>> = {
  runsOut: 'error',
  expires: 'warning',
  expired: 'error',
  resets: 'good',
};

export interface ComingOptions {
  readonly coming: NonNullable<OverviewMessage['coming']>;
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly reveal: (id: string) => void;
}

/** What runs out or expires within two weeks: marks on a line of days, and the same as a list. */
export function comingSection({ coming, isOpen, open, reveal }: ComingOptions): TemplateResult {
  const { events, others } = coming;
  if (events.length === 0)
    return html`<p>${l10n.t('As far as is known, nothing runs out or expires within {0} days.', DAYS)}</p>`;
  const shown = isOpen ? events : events.slice(0, FIRST_EVENTS);
  const more = events.length - shown.length;
  return html`${daysLine(coming)}
    <ul class="coming">
      ${shown.map(
        ({ keyId, name, what, text, when }) => html`<li>
          <span class=${`mark ${MARKS[what]} ${what}`}></span>
          <button type="button" title=${l10n.t('Show in Tree')} @click=${() => reveal(keyId)}>${nameOf(name)}</button>
          <span>${text}</span> <span class="when">${when}</span>
        </li>`,
      )}
    </ul>
    ${more > 0 ? button(l10n.t('Show {0} more', countText(more)), open) : nothing}
    ${others > 0 && more === 0 ? html`<p>${l10n.t('and {0} more', countText(others))}</p>` : nothing}`;
}

function daysLine({ today, events }: ComingOptions['coming']): TemplateResult {
  const label = (day: number) => new Date(Date.parse(today) + day * DAY_MS).toISOString().slice(0, 10);
  const byDay = Map.groupBy(events, ({ day }) => day);
  return html`<div class="line" role="img" aria-label=${l10n.t('How many keys run out or expire on each day; the list below names them')}>
    ${Array.from({ length: DAYS }, (_, day) => {
      const marks = byDay.get(day) ?? [];
      return html`<div title=${timeText(label(day))}>
        <span class="stack">
          ${marks.length > MAX_MARKS ? html`<span class="count">${countText(marks.length)}</span>` : nothing}
          ${marks.slice(0, MAX_MARKS).map(({ what }) => html`<span class=${`mark ${MARKS[what]} ${what}`}></span>`)}
        </span>
        <span class=${day % 7 === 0 ? 'date' : 'date between'}><span>${timeText(label(day), 'short')}</span></span>
      </div>`;
    })}
  </div>`;
}
