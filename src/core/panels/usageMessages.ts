import * as v from 'valibot';
import { EXPORT_FORMATS } from '../usage/exportFormat.ts';
import { RANGE_PRESETS, type RangePreset } from '../usage/rangePresets.ts';
import type { UsageReport } from '../usage/usageReport.ts';
import { reportSchema } from './reportSchema.ts';

const rangeEnd = v.pipe(v.string(), v.maxLength(40));
const id = v.pipe(v.string(), v.maxLength(200));

/** What the usage panel may ask of its host. Whose usage it is about is not the page's to say. */
export const usagePageRequest = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('askPreset'), preset: v.picklist(RANGE_PRESETS) }),
  v.object({ type: v.literal('askRange'), from: rangeEnd, to: rangeEnd }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('askNow') }),
  v.object({ type: v.literal('stopWaiting') }),
  v.object({ type: v.literal('compare'), on: v.boolean() }),
  v.object({ type: v.literal('export'), format: v.picklist(EXPORT_FORMATS) }),
]);

export type UsagePageRequest = v.InferOutput<typeof usagePageRequest>;

/** What the host tells the usage panel. */
export type UsagePageMessage =
  | ({ readonly type: 'show' } & ShownUsage)
  | { readonly type: 'busy'; readonly done: number; readonly total?: number }
  | { readonly type: 'idle' }
  | { readonly type: 'problem'; readonly message: string };

/** One question with what came of it. */
export interface UsageAnswer {
  readonly question: { readonly keyIds: readonly string[]; readonly from: string; readonly to: string };
  readonly reports: readonly UsageReport[];
  /** A sentence for each key that is in no figure. */
  readonly problems: readonly string[];
  /** A report without figures on each key that had none. */
  readonly missing?: readonly UsageReport[];
}

/** Everything the panel shows. */
export interface ShownUsage {
  readonly answer: UsageAnswer;
  /** The period before, while it is compared with. */
  readonly previous?: UsageAnswer;
  readonly comparing: boolean;
  /** When keys that had no turn are asked by themselves, ISO 8601; absent while none waits. */
  readonly waitsUntil?: string;
  /** The preset that was asked for, if it was one. */
  readonly preset?: RangePreset;
  /** The zone in which the days and hours of the reports are dated. */
  readonly timeZone: string;
}

const answerSchema = v.object({
  question: v.object({ keyIds: v.pipe(v.array(id), v.maxLength(10_000)), from: rangeEnd, to: rangeEnd }),
  reports: v.optional(v.array(reportSchema)),
  problems: v.optional(v.array(v.pipe(v.string(), v.maxLength(10_000))), []),
  missing: v.optional(v.array(reportSchema), []),
});

/** What VS Code keeps of the panel over a reload, as far as the host uses it. */
export const savedUsagePanel = v.object({
  answer: answerSchema,
  previous: v.optional(answerSchema),
  comparing: v.boolean(),
  preset: v.optional(v.picklist(RANGE_PRESETS)),
});

export type SavedUsagePanel = v.InferOutput<typeof savedUsagePanel>;
