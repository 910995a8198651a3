import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import {
  FIRST_LOOK,
  type Look,
  type OverviewMessage,
  type OverviewRequest,
  type OverviewSum,
  type SavedOverview,
} from '../../core/panels/overviewMessages.ts';
import { countText } from '../../text/amount.ts';
import { wholeDates } from '../../text/wholeDates.ts';
import { zoneText } from '../../text/zoneName.ts';
import { onThemeChange, Palette } from '../chart/palette.ts';
import { button } from '../widgets/button.ts';
import { field } from '../widgets/field.ts';
import { type Announcement, announcement, NO_ANNOUNCEMENT } from '../widgets/liveRegions.ts';
import { cardList } from './cards.ts';
import { comingSection } from './coming.ts';
import { noSpend } from './noSpend.ts';
import { OverviewState } from './overviewState.ts';
import { bar } from './pictures.ts';
import { type SpendFigures, spendFigures, spendSection } from './spendSection.ts';

const MORE_CARDS = 48;
const RANGES: readonly SavedOverview['days'][] = [1, 14, 30];

export interface OverviewViewOptions {
  readonly post: (message: OverviewRequest) => void;
  readonly save: (state: SavedOverview) => void;
  readonly saved: SavedOverview;
}

/** The whole overview page. */
export class OverviewView {
  readonly #place: HTMLElement;
  readonly #options: OverviewViewOptions;
  readonly #state = new OverviewState();
  #saved: SavedOverview;
  #palette = new Palette();
  #current: string | undefined;
  #isComingOpen = false;
  #figures: readonly SpendFigures[] = [];
  #announcement: Announcement = NO_ANNOUNCEMENT;

  constructor(place: HTMLElement, options: OverviewViewOptions) {
    this.#place = place;
    this.#options = options;
    this.#saved = options.saved;
    onThemeChange(() => {
      this.#palette = new Palette();
      this.#render();
    });
    this.#render();
  }

  receive(message: OverviewMessage): void {
    this.#state.receive(message);
    this.#render();
  }

  #render(): void {
    const { keys } = this.#state.parts;
    const content = keys === undefined ? nothing : keys === 0 ? this.#empty() : this.#content();
    render(
      html`<div class="page overview">
        <header><h1>${l10n.t('Overview')}</h1></header>
        <main>${content}</main>
        ${announcement(this.#announcement)}
      </div>`,
      this.#place,
    );
  }

  #empty(): TemplateResult {
    const { post } = this.#options;
    return html`<p>${l10n.t('There are no keys yet. Add one, or import those that other programs use.')}</p>
      <div class="row">
        ${button(l10n.t('Add Key…'), () => post({ type: 'addKey' }))}
        ${button(l10n.t('Import Keys…'), () => post({ type: 'importKeys' }))}
      </div>`;
  }

  #content(): TemplateResult {
    const { sums = [], coming } = this.#state.parts;
    const { post } = this.#options;
    return html`<div class="sums">${sums.map(sumBlock)}</div>
      ${this.#keys()}
      <h2>${l10n.t('The next {0} days', 14)}</h2>
      ${
        coming
          ? comingSection({
              coming,
              isOpen: this.#isComingOpen,
              open: () => {
                this.#isComingOpen = true;
                this.#render();
              },
              reveal: keyId => post({ type: 'reveal', keyId }),
            })
          : nothing
      }
      ${this.#spend()}
      <p class="zone">${zoneText()}</p>`;
  }

  #keys(): TemplateResult {
    const { keys = 0, matching = 0, updated = '' } = this.#state.parts;
    const { post } = this.#options;
    const { cards } = this.#state;
    const { look } = this.#saved;
    const left = matching - cards.length;
    return html`<h2>${l10n.t('Keys')}</h2>
      ${keys > 1 ? this.#filter(look) : nothing}
      ${cardList({
        cards,
        current: this.#current,
        onFocus: id => {
          if (id === this.#current) return;
          this.#current = id;
          this.#render();
        },
        reveal: keyId => post({ type: 'reveal', keyId }),
        showUsage: keyId => post({ type: 'usage', keyId, days: this.#saved.days }),
      })}
      ${matching === 0 ? html`<p>${l10n.t('No key has these words in its name.')}</p>` : nothing}
      <div class="row">
        ${
          left > 0
            ? button(l10n.t('Show More Keys ({0} left)', countText(left)), () =>
                this.#lookAt({ ...look, cards: look.cards + MORE_CARDS }),
              )
            : nothing
        }
        <span class="updated">${updated}</span>
      </div>`;
  }

  #filter(look: Look): TemplateResult {
    return html`<div class="row">
      ${field(l10n.t('Filter'), {
        value: look.filter,
        onInput: filter => this.#lookAt({ ...FIRST_LOOK, filter: filter.slice(0, 200) }),
        onEnter: () => undefined,
      })}
    </div>`;
  }

  #spend(): TemplateResult {
    const { spend } = this.#state.parts;
    const { days } = this.#saved;
    this.#figures = (spend ?? []).map(
      each =>
        this.#figures.find(known => known.spend === each && known.days === days) ?? spendFigures(each, days),
    );
    return html`<h2>${l10n.t('Spend by day and model')}</h2>
      <div class="row" role="group" aria-label=${l10n.t('Days')}>
        ${RANGES.map(range =>
          button(
            range === 1 ? l10n.t('Today') : l10n.t('{0} days', range),
            () => this.#save({ days: range }),
            { isPressed: range === days },
          ),
        )}
      </div>
      ${spend === undefined ? html`<p role="status">${l10n.t('Adding up…')}</p>` : nothing}
      ${spend?.length === 0 ? noSpend(() => this.#options.post({ type: 'usage', days })) : nothing}
      <div class="spends">${this.#figures.map(figures =>
        spendSection({
          figures,
          palette: this.#palette,
          announce: text => {
            this.#announcement = { text };
            this.#render();
          },
          showUsage: () => this.#options.post({ type: 'usage', days }),
        }),
      )}</div>`;
  }

  #lookAt(look: Look): void {
    this.#options.post({ type: 'look', look });
    this.#save({ look });
  }

  #save(change: Partial<SavedOverview>): void {
    this.#saved = { ...this.#saved, ...change };
    this.#options.save(this.#saved);
    this.#render();
  }
}

function sumBlock({ name, today, week, month, notes, limits }: OverviewSum): TemplateResult {
  const item = (label: string, value: string, of = '') =>
    html`<div class=${of}><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<section>
    <h2>${name}</h2>
    <dl class="totals">
      ${item(l10n.t('Today'), today, today === l10n.t('unknown') ? '' : 'total')} ${item(l10n.t('7 days'), week)}
      ${item(l10n.t('This month'), month)}
    </dl>
    ${notes.map(note => html`<p class="partial">${wholeDates(note)}</p>`)}
    ${
      limits.length === 0
        ? nothing
        : html`<ul class="limits" aria-label=${l10n.t('Spending limits')}>
            ${limits.map(limit => html`<li>${bar(limit.bar)}<span>${limit.text}</span></li>`)}
          </ul>`
    }
  </section>`;
}
