import * as v from 'valibot';
import { EXPORT_FORMATS } from '../usage/exportFormat.ts';
import { RANGE_PRESETS, type RangePreset } from '../usage/rangePresets.ts';
import type { UsageLack, UsageReport } from '../usage/usageReport.ts';
import { reportSchema } from './reportSchema.ts';
import type { SeriesSlots } from './seriesSlots.ts';

const rangeEnd = v.pipe(v.string(), v.maxLength(40));
const id = v.pipe(v.string(), v.maxLength(200));
/** A key or model by its id in charts, which has the gateway's name in it. */
const looked = v.object({
  id: v.pipe(v.string(), v.maxLength(1500)),
  name: v.pipe(v.string(), v.maxLength(1500)),
});

/** Messages from the usage page. They name no keys but those that the host offered to choose. */
export const usagePageRequest = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('askPreset'), preset: v.picklist(RANGE_PRESETS) }),
  v.object({ type: v.literal('askRange'), from: rangeEnd, to: rangeEnd }),
  v.object({
    type: v.literal('chooseKeys'),
    keyIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(10_000)),
  }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('hours') }),
  v.object({ type: v.literal('askNow') }),
  v.object({ type: v.literal('stopWaiting') }),
  v.object({ type: v.literal('compare'), on: v.boolean() }),
  v.object({
    type: v.literal('export'),
    format: v.picklist(EXPORT_FORMATS),
    only: v.optional(v.object({ key: v.optional(looked), model: v.optional(looked) })),
  }),
]);

/** A message from the usage page. */
export type UsagePageRequest = v.InferOutput<typeof usagePageRequest>;

/** Messages from the host to the usage page. */
export type UsagePageMessage =
  | ({ readonly type: 'show' } & ShownUsage)
  | { readonly type: 'busy'; readonly done: number; readonly total?: number }
  /** What the reports of a question are hour by hour, as far as it is known. */
  | {
      readonly type: 'hours';
      readonly question: UsageAnswer['question'];
      readonly reports: readonly UsageReport[];
    }
  | { readonly type: 'idle' }
  | { readonly type: 'problem'; readonly message: string };

/** A usage query and its result. `from` and `to` of the query are as `parseRange` reads them. */
export interface UsageAnswer {
  readonly question: { readonly keyIds: readonly string[]; readonly from: string; readonly to: string };
  readonly reports: readonly UsageReport[];
  /** A sentence for each key without a report. */
  readonly problems: readonly string[];
  /** A report without figures on each key that had none. */
  readonly missing?: readonly UsageReport[];
  /** Why each of them has none, in a few words by which they are grouped. */
  readonly lacks?: readonly UsageLack[];
}

/** Everything the panel shows. */
export interface ShownUsage {
  readonly answer: UsageAnswer;
  /** The period before, while it is compared with. */
  readonly previous?: UsageAnswer;
  readonly comparing: boolean;
  /** When keys that are rate limited are asked again, ISO 8601; absent while none is. */
  readonly waitsUntil?: string;
  /** The preset that was asked for, if it was one. */
  readonly preset?: RangePreset;
  /** The zone in which the days and hours of the reports are dated. */
  readonly timeZone: string;
  /** The colors that its keys and models have for good. */
  readonly slots?: SeriesSlots;
  /** The keys that can be chosen. */
  readonly keys?: readonly KeyToChoose[];
}

/** A key that can be shown. */
export interface KeyToChoose {
  readonly id: string;
  readonly label: string;
}

const answerSchema = v.object({
  question: v.object({ keyIds: v.pipe(v.array(id), v.maxLength(10_000)), from: rangeEnd, to: rangeEnd }),
  reports: v.optional(v.array(reportSchema)),
  problems: v.optional(v.array(v.pipe(v.string(), v.maxLength(10_000))), []),
  missing: v.optional(v.array(reportSchema), []),
  lacks: v.optional(v.array(v.object({ keyId: id, reason: v.pipe(v.string(), v.maxLength(200)) })), []),
});

/** The state of the panel that VS Code restores after a reload, as far as the host uses it. */
export const savedUsagePanel = v.object({
  answer: answerSchema,
  previous: v.optional(answerSchema),
  comparing: v.boolean(),
  preset: v.optional(v.picklist(RANGE_PRESETS)),
});

/** See `savedUsagePanel`. */
export type SavedUsagePanel = v.InferOutput<typeof savedUsagePanel>;
