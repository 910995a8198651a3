import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Disposable, Uri, WebviewPanel } from 'vscode';
import { withNextChange } from '../../core/nextChange.ts';
import {
  FIRST_LOOK,
  type Look,
  type OverviewMessage,
  type OverviewRequest,
  overviewRequest,
  savedOverview,
} from '../../core/panels/overviewMessages.ts';
import type { SeriesIds, SeriesSlots } from '../../core/panels/seriesSlots.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { SECOND_MS } from '../../core/time.ts';
import { Redraw } from '../../services/redraw.ts';
import type { UnitSpend } from '../../services/usage/spendByDay.ts';
import { changedParts } from './changedParts.ts';
import { overviewParts, overviewSpend } from './overviewParts.ts';
import type { CurrencyLimits } from './overviewSums.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';

/** What the overview depends on. It asks no gateway. */
export interface OverviewPanelParts {
  readonly extensionUri: Uri;
  readonly clock: Clock;
  snapshot(): readonly KeyState[];
  limits(): CurrencyLimits;
  onDidChange(listener: () => void): Disposable;
  /** What keys spent by day, from what is known already; undefined where it was aborted. */
  spendByDay(keys: readonly KeyState[], signal: AbortSignal): Promise<readonly UnitSpend[] | undefined>;
  slotsOf(ids: SeriesIds): SeriesSlots;
  /** Shows a key in the tree. */
  reveal(keyId: string): Promise<void>;
  /** Opens the usage panel: of one key, or of all, for so many days. */
  showUsage(keyId: string | undefined, days: number): void;
  run(command: 'keyQuota.addKey' | 'keyQuota.importKeys'): void;
  warn(text: string): void;
}

/** Debounce of what was spent by day: it is added up in the background. */
const SPEND_EVERY_MS = 20 * SECOND_MS;

/** The overview panel: what was spent, the keys that matter most, what comes next. */
export class OverviewPanel implements Disposable, Revivable {
  readonly #parts: OverviewPanelParts;
  readonly #shell: PanelShell<OverviewRequest, OverviewMessage>;
  /** Posts what has changed when time alone changes it. */
  readonly #redraw: Redraw;
  #look: Look = FIRST_LOOK;
  /** What the page shows, as it was sent. */
  #sent: OverviewMessage = { type: 'show' };
  #subscription: Disposable | undefined;
  #adding: AbortController | undefined;
  #isDirty = false;
  #cancelSpend: () => void = () => undefined;

  constructor(parts: OverviewPanelParts) {
    this.#parts = parts;
    this.#shell = new PanelShell({
      extensionUri: parts.extensionUri,
      page: 'overview',
      title: () => l10n.t('Key Quota: Overview'),
      schema: overviewRequest,
      onMessage: message => this.#onMessage(message),
      onClose: () => this.dispose(),
    });
    this.#redraw = new Redraw(parts.clock, () => this.#draw());
  }

  show(): void {
    const { value, until } = withNextChange(() => this.#message());
    this.#shell.reveal(value);
    this.#redraw.validUntil(until);
    this.#begin();
  }

  /** Restores the panel after a reload. */
  revive(panel: WebviewPanel, state: unknown): void {
    const saved = v.safeParse(savedOverview, state);
    if (saved.success) this.#look = saved.output.look;
    this.#shell.adopt(panel);
    this.#begin();
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#subscription = undefined;
    this.#redraw.dispose();
    this.#cancelSpend();
    this.#adding?.abort();
    this.#adding = undefined;
    this.#sent = { type: 'show' };
  }

  #begin(): void {
    this.#subscription ??= this.#parts.onDidChange(() => {
      this.#redraw.drawNow();
      this.#addUpSoon();
    });
  }

  #onMessage(message: OverviewRequest): void {
    const { reveal, showUsage, run, warn } = this.#parts;
    switch (message.type) {
      case 'ready':
        if (message.look) this.#look = message.look;
        // A new page shows nothing yet.
        this.#sent = { type: 'show' };
        this.#redraw.drawNow();
        this.#isDirty = true;
        this.#addUp();
        break;
      case 'look':
        this.#look = message.look;
        this.#redraw.drawNow();
        break;
      case 'reveal':
        reveal(message.keyId).catch(error => warn(`A key could not be shown: ${String(error)}`));
        break;
      case 'usage':
        showUsage(message.keyId, message.days);
        break;
      case 'addKey':
        run('keyQuota.addKey');
        break;
      case 'importKeys':
        run('keyQuota.importKeys');
    }
  }

  /** A hidden page is not drawn: it asks for everything when it is shown again. */
  #draw(): void {
    if (!this.#shell.isVisible) return;
    const next = this.#message();
    const changed = changedParts(this.#sent, next);
    this.#sent = { ...this.#sent, ...next };
    if (changed) this.#shell.post(changed);
  }

  #message(): OverviewMessage {
    const { snapshot, clock, limits } = this.#parts;
    return { type: 'show', ...overviewParts(snapshot(), this.#look, clock.now(), limits()) };
  }

  #addUpSoon(): void {
    if (this.#isDirty) return;
    this.#isDirty = true;
    this.#cancelSpend = this.#parts.clock.after(SPEND_EVERY_MS, () => this.#addUp());
  }

  /** Adds up what was spent by day, in the background: one after the other. */
  #addUp(): void {
    if (!this.#isDirty || !this.#shell.isVisible) return;
    this.#isDirty = false;
    this.#cancelSpend();
    this.#adding?.abort();
    const adding = new AbortController();
    this.#adding = adding;
    const { spendByDay, snapshot, slotsOf, warn } = this.#parts;
    spendByDay(snapshot(), adding.signal)
      .then(units => {
        if (!units || adding.signal.aborted) return;
        const models = units.flatMap(unit => unit.models.map(({ name }) => name));
        const slots = new Map(slotsOf({ keys: [], models: [...new Set(models)] }).models);
        const spend = units.map(unit => overviewSpend(unit, model => slots.get(model) ?? 0));
        const changed = changedParts(this.#sent, { type: 'show', spend });
        this.#sent = { ...this.#sent, spend };
        if (changed) this.#shell.post(changed);
      })
      .catch(error => warn(`What was spent by day could not be added up: ${String(error)}`));
  }
}
