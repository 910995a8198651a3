import * as l10n from '@vscode/l10n';
import { byUrgency } from '../../core/cards/byUrgency.ts';
import { comingEvents } from '../../core/cards/comingEvents.ts';
import { keyCard } from '../../core/cards/keyCard.ts';
import { dayText } from '../../core/ledger/dayText.ts';
import { dayOf } from '../../core/ledger/localDays.ts';
import type {
  Look,
  OverviewCard,
  OverviewEvent,
  OverviewMessage,
  OverviewSpend,
} from '../../core/panels/overviewMessages.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { UnitSpend } from '../../services/usage/spendByDay.ts';
import { cardTexts, eventText, updatedText } from '../../text/cards/cardTexts.ts';
import { areFiguresHidden } from '../../text/hiddenFigures.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { stateText } from '../../text/keyTexts.ts';
import { dateTimeText } from '../../text/time.ts';
import { incompleteText } from '../../text/usageHeadline.ts';
import { keyIcon } from '../views/icons.ts';
import { type CurrencyLimits, overviewSums } from './overviewSums.ts';

/** More events than anyone reads; how many there are besides is told. */
const MAX_EVENTS = 100;
/** The most models that have a line of their own. */
const MAX_MODELS = 40;

const NO_LIMITS: CurrencyLimits = { ofCurrencies: [], monthBegins: 1 };

type Shown = Required<Omit<OverviewMessage, 'type' | 'spend'>>;

/** What the overview shows of a snapshot, without spend by day. */
export function overviewParts(
  keys: readonly KeyState[],
  look: Look,
  now: number,
  limits: CurrencyLimits = NO_LIMITS,
): Shown {
  const matching = byUrgency(keys, now).filter(({ label }) => isMatch(label, look.filter));
  const shown = matching.slice(0, look.cards);
  const coming = comingEvents(keys, now);
  return {
    keys: keys.length,
    sums: overviewSums(keys, now, limits),
    order: shown.map(({ id }) => id),
    cards: shown.map(key => overviewCard(key, now)),
    matching: matching.length,
    updated: updatedText(shown, now) ?? '',
    coming: {
      today: dayText(dayOf(now)),
      events: coming.slice(0, MAX_EVENTS).map((event): OverviewEvent => {
        const { key, what, at, day } = event;
        return {
          ...{ keyId: key.id, name: key.label, what, day },
          text: eventText(event, key, now) ?? '',
          when: dateTimeText(at),
        };
      }),
      others: Math.max(0, coming.length - MAX_EVENTS),
    },
  };
}

function isMatch(label: string, filter: string): boolean {
  const name = label.toLocaleLowerCase();
  return filter
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => name.includes(word));
}

function overviewCard(key: KeyState, now: number): OverviewCard {
  const card = keyCard(key, now);
  const { days: daysSpoken, ...texts } = cardTexts(card, now);
  // Pictures would reveal hidden figures.
  const hasPictures = !areFiguresHidden();
  return {
    id: key.id,
    ...texts,
    tone: card.tone,
    icon: keyIcon(key),
    status: stateText(key),
    isPinned: key.pinned,
    ...(hasPictures && card.bar && { bar: { ...card.bar, share: within01(card.bar.share) } }),
    ...(hasPictures &&
      card.days &&
      daysSpoken !== undefined && { days: { parts: partsOf(card.days), text: daysSpoken } }),
  };
}

function within01(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Each day as a part of the most. */
function partsOf(days: readonly (number | undefined)[]): (number | null)[] {
  const most = Math.max(0, ...days.map(day => day ?? 0));
  return days.map(day => (day === undefined ? null : most > 0 ? within01(day / most) : 0));
}

/** What was spent in one unit, with the colors that models have for good. */
export function overviewSpend(
  { scope, unit, gateway, headline, days, isWhole, models, isUndated, week }: UnitSpend,
  slotOf: (model: string) => number,
): OverviewSpend {
  return {
    ...{ scope, unit, gateway },
    lack:
      joinSentences(
        incompleteText(headline),
        isUndated ? l10n.t('Spend at unknown times is not in the chart.') : '',
      ) || undefined,
    days: [...days],
    isWhole: [...isWhole],
    models: fewModels(models).map(({ name, used }) => ({ name, slot: slotOf(name), used: [...used] })),
    week: { ...week, used: week.used.map(row => row.map(amount => amount ?? null)) },
  };
}

/** The smallest ones share a line where there are too many. */
function fewModels(models: UnitSpend['models']): UnitSpend['models'] {
  if (models.length <= MAX_MODELS) return models;
  const rest = models.slice(MAX_MODELS - 1);
  const used = rest[0]?.used.map((_, day) => rest.reduce((sum, each) => sum + (each.used[day] ?? 0), 0));
  return [...models.slice(0, MAX_MODELS - 1), { name: l10n.t('{0} others', rest.length), used: used ?? [] }];
}
