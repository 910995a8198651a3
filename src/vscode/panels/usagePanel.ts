import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Disposable, WebviewPanel } from 'vscode';
import { hasCome, holdsUntil, withHorizon } from '../../core/horizon.ts';
import {
  type FromUsagePage,
  fromUsagePage,
  type KeptUsage,
  keptUsage,
  type ToUsagePage,
  type UsageAnswer,
} from '../../core/panels/usageMessages.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { ExportFormat } from '../../core/usage/exportFormat.ts';
import { previousPeriod } from '../../core/usage/previousPeriod.ts';
import {
  presetEnds,
  RANGE_PRESETS,
  type RangeEnds,
  type RangePreset,
} from '../../core/usage/rangePresets.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { Redraw } from '../../services/redraw.ts';
import { displayZone } from '../../text/zoneName.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';
import type { UsageAnswers, UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';

/** The usage panel: what was spent between two dates, with chart and table, and other ranges to ask for. */
export class UsagePanel implements Disposable, Revivable {
  readonly #parts: UsagePanelParts;
  readonly #shell: PanelShell<FromUsagePage, ToUsagePage>;
  /** Whatever the page says of now is told anew when the clock makes it another. */
  readonly #redraw: Redraw;
  #answer: UsageAnswer | undefined;
  #previous: UsageAnswer | undefined;
  #preset: RangePreset | undefined;
  #comparing = false;
  /** Whether the answer's reports are still to be asked for, after a reload that did not keep them. */
  #isStale = false;
  #asking: AbortController | undefined;
  /** Keys that had no turn, and when they are asked by themselves. */
  #waiting: { readonly until: number; readonly callOff: () => void } | undefined;

  constructor(parts: UsagePanelParts) {
    this.#parts = parts;
    this.#shell = new PanelShell({
      extensionUri: parts.extensionUri,
      page: 'usage',
      title: () => l10n.t('Key Quota: Usage'),
      schema: fromUsagePage,
      heard: message => this.#hear(message),
      closed: () => this.dispose(),
    });
    this.#redraw = new Redraw(parts, () => this.#tell());
  }

  /** Shows the answer to a question. */
  show(question: UsageQuestion, answers: UsageAnswers): void {
    this.#asking?.abort();
    this.#preset = presetOf(question, this.#parts.now());
    this.#take({ question, ...answers });
    const { value, until } = withHorizon(() => this.#everything({ question, ...answers }));
    this.#shell.reveal(value);
    this.#redraw.by(until);
    if (this.#comparing) void this.#ask(signal => this.#askPrevious(signal));
  }

  /** What comes back from a reload was kept by VS Code, and is believed only as far as it has the right form. */
  revive(panel: WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(keptUsage, state);
    if (!parsed.success) {
      panel.dispose();
      return;
    }
    this.#takeBack(parsed.output);
    this.#shell.adopt(panel);
  }

  /** Calls off what is being asked. */
  dispose(): void {
    this.#asking?.abort();
    this.#stopWaiting();
    this.#redraw.dispose();
  }

  /** Whether keys had no turn. */
  get isWaiting(): boolean {
    return this.#heldKeys().length > 0;
  }

  /** Asks about the keys that had no turn, if a person agrees to what it spends. */
  async askNow(): Promise<void> {
    const question = this.#heldQuestion();
    if (!question) return;
    await this.#ask(async signal => {
      const answers = await this.#parts.askNow(question, this.#progress, signal);
      signal.throwIfAborted();
      if (answers) this.#fillIn(answers);
    });
  }

  #takeBack({ answer, previous, comparing, preset }: KeptUsage): void {
    this.#comparing = comparing;
    this.#preset = preset;
    this.#take({ ...answer, reports: answer.reports ?? [] });
    this.#isStale = answer.reports === undefined;
    if (previous?.reports) this.#previous = { ...previous, reports: previous.reports };
  }

  #hear(message: FromUsagePage): void {
    switch (message.type) {
      case 'ready':
        this.#greet();
        break;
      case 'askPreset':
        this.#askAnew(presetEnds(message.preset, this.#parts.now()), message.preset);
        break;
      case 'askRange':
        this.#askAnew(message, undefined);
        break;
      case 'cancel':
        this.#asking?.abort();
        break;
      case 'askNow':
        void this.askNow();
        break;
      case 'stopWaiting':
        this.#stopWaiting();
        this.#tellAll();
        break;
      case 'compare':
        this.#compare(message.on);
        break;
      case 'export':
        void this.#export(message.format);
    }
  }

  #greet(): void {
    if (this.#isStale) this.#askAnew(this.#answer?.question, this.#preset);
    else this.#tellAll();
    if (this.#asking) this.#shell.post({ type: 'busy', done: 0 });
  }

  #askAnew(ends: RangeEnds | undefined, preset: RangePreset | undefined): void {
    const answer = this.#answer;
    if (!answer || !ends) return;
    const question = { keyIds: answer.question.keyIds, from: ends.from, to: ends.to };
    void this.#ask(async signal => {
      const answers = await this.#parts.ask(question, this.#progress, signal);
      signal.throwIfAborted();
      this.#preset = preset ?? presetOf(question, this.#parts.now());
      this.#take({ question, ...answers });
      this.#tellAll();
      await this.#askPrevious(signal);
    });
  }

  #compare(on: boolean): void {
    this.#comparing = on;
    if (!on) this.#previous = undefined;
    this.#tellAll();
    if (on) void this.#ask(signal => this.#askPrevious(signal)).then(() => this.#endCompare());
  }

  /** Nothing to compare with came back, so the panel does not go on claiming to compare. */
  #endCompare(): void {
    if (!this.#comparing || this.#previous || this.#asking) return;
    this.#comparing = false;
    this.#tellAll();
  }

  async #askPrevious(signal: AbortSignal): Promise<void> {
    const answer = this.#answer;
    const ends = answer && previousPeriod(answer.question, this.#parts.now());
    if (!this.#comparing || !ends) return;
    const question = { ...answer.question, ...ends };
    const answers = await this.#parts.ask(question, this.#progress, signal);
    signal.throwIfAborted();
    this.#previous = { question, ...answers };
    this.#tellAll();
  }

  /** One question at a time: a new one calls the last one off. */
  async #ask(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#shell.post({ type: 'busy', done: 0 });
    try {
      await work(asking.signal);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!asking.signal.aborted) this.#shell.post({ type: 'problem', message });
    }
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    this.#shell.post({ type: 'idle' });
  }

  async #export(format: ExportFormat): Promise<void> {
    try {
      const { reports = [], missing = [] } = this.#answer ?? {};
      await this.#parts.exportReports([...reports, ...missing], format);
    } catch (error) {
      this.#shell.post({ type: 'problem', message: error instanceof Error ? error.message : String(error) });
    }
  }

  readonly #progress = (done: number, total: number | undefined) =>
    this.#shell.post({ type: 'busy', done, total });

  #take(answer: UsageAnswer): void {
    this.#answer = answer;
    this.#previous = undefined;
    this.#isStale = false;
    this.#startWaiting();
  }

  /** Reports on keys that had no turn: without figures, or with those of before. */
  #heldKeys(): readonly UsageReport[] {
    const { reports = [], missing = [] } = this.#answer ?? {};
    return [...reports, ...missing].filter(({ retryAt }) => retryAt !== undefined);
  }

  #heldQuestion(): UsageQuestion | undefined {
    const held = this.#heldKeys();
    return this.#answer && held.length > 0
      ? { ...this.#answer.question, keyIds: held.map(({ keyId }) => keyId) }
      : undefined;
  }

  /** What had no turn is filled in by itself, as soon as there is one. */
  #startWaiting(): void {
    this.#stopWaiting();
    const turns = this.#heldKeys().map(({ retryAt = '' }) => Date.parse(retryAt));
    if (turns.length === 0) return;
    const now = this.#parts.now();
    const until = Math.max(now + LEAST_WAIT_MS, Math.min(...turns));
    this.#waiting = { until, callOff: this.#parts.after(until - now, () => void this.#askHeld()) };
  }

  #stopWaiting(): void {
    this.#waiting?.callOff();
    this.#waiting = undefined;
  }

  async #askHeld(): Promise<void> {
    this.#waiting = undefined;
    // A person's question goes first, and ends in another wait if there is still something to wait for.
    if (this.#asking) {
      this.#startWaiting();
      return;
    }
    const question = this.#heldQuestion();
    if (!question) return;
    await this.#ask(async signal => {
      const answers = await this.#parts.ask(question, this.#progress, signal);
      signal.throwIfAborted();
      this.#fillIn(answers);
    });
  }

  /** Puts answers about some of the keys in the place of what there was about them. */
  #fillIn({ reports, missing }: UsageAnswers): void {
    const answer = this.#answer;
    if (!answer) return;
    const anew = new Set([...reports, ...missing].map(({ keyId }) => keyId));
    const others = (list: readonly UsageReport[] = []) => list.filter(({ keyId }) => !anew.has(keyId));
    const lacking = [...others(answer.missing), ...missing];
    this.#answer = {
      ...answer,
      reports: [...others(answer.reports), ...reports],
      missing: lacking,
      problems: lacking.flatMap(({ note }) => note ?? []),
    };
    this.#startWaiting();
    this.#tellAll();
  }

  #tellAll(): void {
    this.#redraw.now();
  }

  #tell(): void {
    if (this.#answer) this.#shell.post(this.#everything(this.#answer));
  }

  #everything(answer: UsageAnswer): ToUsagePage {
    const now = this.#parts.now();
    return {
      type: 'show',
      answer,
      previous: this.#previous,
      comparing: this.#comparing,
      waitsUntil: this.#waiting && new Date(this.#waiting.until).toISOString(),
      preset: this.#preset && isStill(this.#preset, answer.question, now) ? this.#preset : undefined,
      timeZone: displayZone(),
    };
  }
}

/** Whether a preset would still ask this: the day that was today when it was asked is not any more after midnight. */
function isStill(preset: RangePreset, { from, to }: RangeEnds, now: number): boolean {
  if (preset === 'last-24-hours') return !hasCome(Date.parse(to) + LAST_DAY_MS, now);
  holdsUntil(new Date(now).setHours(24, 0, 0, 0));
  const ends = presetEnds(preset, now);
  return ends.from === from && ends.to === to;
}

/** The preset that a question is, if it is one. */
function presetOf({ from, to }: RangeEnds, now: number): RangePreset | undefined {
  const isSame = (preset: RangePreset) => {
    const ends = presetEnds(preset, now);
    return ends.from === from && ends.to === to;
  };
  return RANGE_PRESETS.find(isSame) ?? (isLastDay(from, to, now) ? 'last-24-hours' : undefined);
}

/** A gateway that names no time of its own is not asked in a loop. */
const LEAST_WAIT_MS = SECOND_MS;
/** The last 24 hours of so long ago are still the last 24 hours. */
const LAST_DAY_MS = 5 * MINUTE_MS;

function isLastDay(from: string, to: string, now: number): boolean {
  const isMoment = to.length > '2026-06-01'.length;
  return isMoment && Date.parse(to) - Date.parse(from) === DAY_MS && now - Date.parse(to) < LAST_DAY_MS;
}
