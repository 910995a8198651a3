import * as v from 'valibot';
import type { CardTone } from '../cards/keyCard.ts';
import { UNIT_CODES, UNIT_SOURCES, type Unit } from '../quota/unit.ts';

const id = v.pipe(v.string(), v.maxLength(200));
const text = v.string();
const optional = v.optional(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How many cards a page shows at first. */
const FIRST_CARDS = 12;

/** Which cards the page shows: the first `cards` of the keys whose name has the words of `filter` in it. */
const lookSchema = v.object({
  filter: v.pipe(v.string(), v.maxLength(200)),
  cards: v.pipe(count, v.maxValue(10_000)),
});

/** See `lookSchema`. */
export type Look = v.InferOutput<typeof lookSchema>;

export const FIRST_LOOK: Look = { filter: '', cards: FIRST_CARDS };

/** What the panel saves, and is restored with; what is not valid gets its default. */
export const savedOverview = v.object({
  look: v.fallback(lookSchema, FIRST_LOOK),
  days: v.fallback(v.picklist([1, 14, 30]), 14),
});

export type SavedOverview = v.InferOutput<typeof savedOverview>;

/** Messages from the overview page. */
export const overviewRequest = v.variant('type', [
  v.object({ type: v.literal('ready'), look: v.optional(lookSchema) }),
  v.object({ type: v.literal('look'), look: lookSchema }),
  /** Shows a key in the tree. */
  v.object({ type: v.literal('reveal'), keyId: id }),
  /** Opens the usage panel: of one key, or of all, for so many days. */
  v.object({ type: v.literal('usage'), keyId: v.optional(id), days: v.picklist([1, 14, 30]) }),
  v.object({ type: v.literal('addKey') }),
  v.object({ type: v.literal('importKeys') }),
]);

/** A message from the overview page. */
export type OverviewRequest = v.InferOutput<typeof overviewRequest>;

const TONES = ['good', 'warning', 'error', 'plain'] as const satisfies readonly CardTone[];
const tone = v.picklist(TONES);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const cardSchema = v.object({
  id,
  name: text,
  tone,
  /** The name of a codicon that the page has a picture of. */
  icon: text,
  /** The status in a word. */
  status: text,
  isPinned: v.boolean(),
  left: optional,
  share: optional,
  bar: v.optional(v.object({ share, tone })),
  notice: optional,
  next: optional,
  spent: optional,
  /** The days of its spend, as parts of the most; null where one is not known; and what that says in words. */
  days: v.optional(v.object({ parts: v.array(v.nullable(share)), text })),
});

/** A key's card as the page shows it. Pictures are absent while figures are hidden. */
export type OverviewCard = v.InferOutput<typeof cardSchema>;

const sumSchema = v.object({
  ...{ name: text, today: text, week: text, month: text, notes: v.array(text) },
  /** How much is spent of each limit for all keys of the unit; the bar is full when all of it is. */
  limits: v.array(v.object({ text, bar: v.optional(v.object({ share, tone })) })),
});

/** What was spent in one unit. */
export type OverviewSum = v.InferOutput<typeof sumSchema>;

const eventSchema = v.object({
  keyId: id,
  name: text,
  what: v.picklist(['expires', 'expired', 'runsOut', 'resets']),
  /** How many days from today. */
  day: v.pipe(count, v.maxValue(31)),
  text,
  /** Date and time. */
  when: text,
});

/** What happens to a key within the next days. */
export type OverviewEvent = v.InferOutput<typeof eventSchema>;

const unitSchema: v.GenericSchema<unknown, Unit> = v.object({
  code: v.picklist(UNIT_CODES),
  symbol: optional,
  source: v.picklist(UNIT_SOURCES),
});
/** See `WeekHours`; null where an hour is not known, since messages travel as JSON. */
const weekSchema = v.object({
  used: v.array(v.array(v.nullable(v.number()))),
  most: v.number(),
  withoutHour: v.number(),
  silent: v.number(),
});

const spendSchema = v.object({
  /** Whose spend this is: figures of accounts may hold those of keys. */
  scope: v.picklist(['key', 'account']),
  unit: unitSchema,
  /** Which gateway's, where its unit is another one at each. */
  gateway: optional,
  /** How much of the last 30 days is known, where it is not all. */
  lack: optional,
  /** Labels of days, today last. */
  days: v.array(text),
  /** Whether all of a day is known. */
  isWhole: v.array(v.boolean()),
  /** What was spent with each model on each of these days; an empty name where the model is not known. */
  models: v.array(v.object({ name: text, slot: count, used: v.array(v.number()) })),
  week: weekSchema,
});

/** What was spent in one unit by day and model, and by weekday and hour. */
export type OverviewSpend = v.InferOutput<typeof spendSchema>;

/** What the page shows; a message brings those parts that have changed. */
export const overviewMessage = v.object({
  type: v.literal('show'),
  /** How many keys there are. */
  keys: v.optional(count),
  sums: v.optional(v.array(sumSchema)),
  /** The cards in their order by id, with those that have changed. */
  order: v.optional(v.array(id)),
  cards: v.optional(v.array(cardSchema)),
  /** How many keys have the words of the filter in their name. */
  matching: v.optional(count),
  /** When the figures of the cards were taken. */
  updated: v.optional(text),
  coming: v.optional(v.object({ today: text, events: v.array(eventSchema), others: count })),
  spend: v.optional(v.array(spendSchema)),
});

/** A message from the host to the overview page. */
export type OverviewMessage = v.InferOutput<typeof overviewMessage>;
