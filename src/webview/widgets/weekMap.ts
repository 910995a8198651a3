import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Unit } from '../../core/quota/unit.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { WeekHours } from '../../core/usage/weekHours.ts';
import { countText } from '../../text/amount.ts';
import { cachedFormat } from '../../text/cachedFormats.ts';
import { allDigits, narrowText } from '../usage/amounts.ts';

const LEVELS = 5;
/** A Monday. */
const FIRST_DAY = Date.UTC(2026, 5, 1);

export interface WeekMapOptions {
  /** Undefined until the hours have come. */
  readonly week: WeekHours | undefined;
  readonly unit: Unit;
  /** Whose spend it is, where a page has several maps. */
  readonly of?: string;
  /** Whether it is open from the beginning. */
  readonly isOpen?: boolean;
  /** Called when a person opens it. */
  readonly onOpen: () => void;
}

/** What was spent by weekday and hour: one line that opens into a map, on which bigger squares are more. */
export function weekMap({ week, unit, onOpen, of, isOpen = false }: WeekMapOptions): TemplateResult {
  const onToggle = ({ currentTarget }: Event) => (currentTarget as HTMLDetailsElement).open && onOpen();
  return html`<details class="week" ?open=${isOpen} @toggle=${onToggle}>
    <summary>${l10n.t('By weekday and hour')}</summary>
    ${week ? html`${isKnown(week) ? mapOf(week, unit, of) : nothing}${notes(week, unit)}` : nothing}
  </details>`;
}

function mapOf({ used, most }: WeekHours, unit: Unit, of: string | undefined): TemplateResult {
  const name = l10n.t('Spend by weekday and hour');
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${of === undefined ? name : `${name} · ${of}`}>
    <table>
      <caption class="unseen">${name}</caption>
      <thead>
        <tr>
          <td></td>
          ${hours.map(hour => html`<th scope="col" aria-label=${hourText(hour)}>${hour}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${used.map(
          (
            row,
            day,
          ) => html`<tr><th scope="row" aria-label=${dayText(day, 'long')}>${dayText(day, 'short')}</th
            >${row.map((amount, hour) => cellOf(amount, most, unit, `${dayText(day, 'long')} ${hourText(hour)}`))}</tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function cellOf(amount: number | undefined, most: number, unit: Unit, time: string): TemplateResult {
  const text = amount === undefined ? l10n.t('unknown') : allDigits(amount, unit);
  const title = l10n.t('{0}: {1}', time, text);
  return html`<td title=${title} aria-label=${text}><span class=${levelClass(amount, most)}></span></td>`;
}

/** The class of a square: how much of the most it is, in five steps. */
export function levelClass(amount: number | undefined, most: number): string {
  if (amount === undefined) return 'unknown';
  if (amount <= 0 || most <= 0) return 'level-0';
  return `level-${Math.min(LEVELS, Math.ceil((amount / most) * LEVELS))}`;
}

function notes({ withoutHour, silent, used }: WeekHours, unit: Unit): TemplateResult {
  const sentences = [
    ...(silent > 0 ? [l10n.t('Keys whose hours are unknown: {0}.', countText(silent))] : []),
    ...(withoutHour > 0 ? [l10n.t('Spend at an unknown hour: {0}.', narrowText(withoutHour, unit))] : []),
    ...(isKnown({ used }) && used.flat().includes(undefined)
      ? [l10n.t('A dash marks an hour that the figures do not cover.')]
      : []),
  ];
  return html`${sentences.map(sentence => html`<p>${sentence}</p>`)}`;
}

function isKnown({ used }: Pick<WeekHours, 'used'>): boolean {
  return used.some(row => row.some(amount => amount !== undefined));
}

const dayFormat = cachedFormat(
  (language, weekday: 'short' | 'long') => new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }),
);
const hourFormat = cachedFormat(
  (language, timeStyle: 'short') => new Intl.DateTimeFormat(language, { timeStyle, timeZone: 'UTC' }),
);

function dayText(day: number, style: 'short' | 'long'): string {
  return dayFormat(style).format(FIRST_DAY + day * DAY_MS);
}

function hourText(hour: number): string {
  return hourFormat('short').format(FIRST_DAY + hour * HOUR_MS);
}
