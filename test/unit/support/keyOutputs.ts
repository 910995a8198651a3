import type { CheckState } from '../../../src/core/ports/checkTables.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import { expiriesOf } from '../../../src/core/quota/expiries.ts';
import { staleAfter } from '../../../src/core/quota/freshness.ts';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { evaluateRules } from '../../../src/core/warnings/evaluateRules.ts';
import { changeAt } from '../../../src/services/polling/changeAt.ts';
import { keyStateOf } from '../../../src/services/polling/keyStateOf.ts';
import { nextDueAt } from '../../../src/services/polling/nextDueAt.ts';
import { polledKeysOf } from '../../../src/services/polling/planKeys.ts';
import { labelNames } from '../../../src/services/tools/keyNames.ts';
import { quotaAnswer } from '../../../src/services/tools/quotaAnswer.ts';
import { DEFAULT_LOOK } from '../../../src/vscode/host/statusBarLook.ts';
import { warningSentence } from '../../../src/vscode/notifications/warningKinds.ts';
import { statusBarText } from '../../../src/vscode/statusBar/statusBarText.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { type HoverCard, hoverText } from './hoverText.ts';
import { keyRecord } from './samples.ts';
import { RULES } from './warnings.ts';

const RECORD: KeyRecord = keyRecord('k', { label: 'Team', fingerprint: 'f1', createdAt: 0 });

const ASKED_BEFORE = {
  shares: { shareOf: () => ({ share: 1, changedAt: 0 }), saveShare: () => undefined },
  requests: { sentSince: () => [] },
  sites: { siteOf: () => undefined },
};

/** Everything that each part of the product says about one key at one moment. */
export interface KeyOutputs {
  readonly bar: {
    readonly icon: string;
    readonly figure: string;
    readonly notice: string;
    readonly spoken: string;
  };
  /** The status bar in the style that tells how long a key lasts. */
  readonly barTime: string;
  readonly tree: {
    readonly icon: string;
    readonly figure: string;
    readonly facts: ReadonlyMap<string, string>;
  };
  readonly tooltip: HoverCard;
  readonly tool: ReturnType<typeof quotaAnswer>['keys'][number];
  /** As `kind threshold`. */
  readonly warnings: readonly string[];
  readonly sentences: readonly string[];
  /** Whether the list of keys that end says that it has; undefined where it is not listed. */
  readonly listedAsEnded: boolean | undefined;
  readonly plan: {
    readonly isUrgent: boolean;
    readonly intervalMs: number;
    /** When it is checked again because of a change that time brings. */
    readonly changeAt: number | undefined;
    /** When it would be due after a good check at the moment of its reading. */
    readonly dueAfterGood: number;
  };
}

/** A key as this window knows it. */
function stateOf(state: CheckState, settings: Settings, now: number, heldUntil?: number): KeyState {
  return keyStateOf({ ...entryOf(state, settings, now), heldUntil }, settings, now);
}

function entryOf(state: CheckState, settings: Settings, now: number) {
  const [entry] = polledKeysOf(
    [RECORD],
    () => state,
    { store: ASKED_BEFORE, settings: () => settings },
    now,
    () => undefined,
    () => ({ notes: {}, now }),
  );
  if (!entry) throw new Error('One key makes one entry.');
  return entry;
}

/** Asks every part of the product about one key. */
export function keyOutputs(
  state: CheckState,
  settings: Settings,
  now: number,
  heldUntil?: number,
): KeyOutputs {
  const entry = entryOf(state, settings, now);
  const key = stateOf(state, settings, now, heldUntil);
  const { low } = settings;
  const bar = statusBarText([key], now, { ...DEFAULT_LOOK, maxLength: 0 }, tooltipMarkdown);
  const [, figure = '', ...notice] = bar.text.split(' · ');
  const line = treeNodes([key], now)[0]?.children[0];
  const { due } = evaluateRules(
    [{ key, staleAfterMs: staleAfter(entry.intervalMs), fingerprint: 'f1' }],
    new Map(),
    { ...RULES, percents: [low.percent], amounts: amountLists(low.amounts) },
    now,
  );
  const takenAt = Date.parse(state.reading?.takenAt ?? '');
  return {
    bar: { icon: iconOf(bar.text), figure, notice: notice.join(' · '), spoken: bar.spoken },
    barTime: statusBarText([key], now, { ...DEFAULT_LOOK, maxLength: 0, style: 'time' }).text,
    tree: {
      icon: line?.icon ?? '',
      figure: /^(.*) · Team$/.exec(line?.label ?? '')?.[1] ?? '',
      facts: new Map(
        line?.children.map(({ id, description }) => [id.split(':')[2] ?? '', description ?? '']),
      ),
    },
    tooltip: onlyItem(hoverText(bar.tooltip ?? '').cards),
    tool: onlyItem(quotaAnswer([key], {}, labelNames(new Map()), true, now).keys),
    warnings: due.map(({ warning }) => `${warning.kind} ${warning.threshold}`),
    sentences: due.map(({ warning }) => warningSentence(warning, now)),
    listedAsEnded: expiriesOf([key], now)[0]?.expired,
    plan: {
      isUrgent: entry.urgent,
      intervalMs: entry.intervalMs,
      changeAt: changeAt(state.reading, undefined, entry.intervalMs, now),
      dueAfterGood: nextDueAt({ failures: 0, intervalMs: entry.intervalMs, now: takenAt, chance: 1 }),
    },
  };
}

function amountLists(amounts: Settings['low']['amounts']) {
  return Object.fromEntries(Object.entries(amounts).map(([code, amount]) => [code, [amount]]));
}

function iconOf(text: string): string {
  return /^\$\((.+?)\)/.exec(text)?.[1] ?? '';
}

function onlyItem<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('There is none.');
  return item;
}
