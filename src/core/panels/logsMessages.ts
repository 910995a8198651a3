import * as v from 'valibot';
import type { Unit } from '../quota/unit.ts';
import type { LogEnd } from '../usage/logPager.ts';
import type { LogFilterName, LogPage, LogRow } from '../usage/logRow.ts';
import { LOG_FORM_TYPES, type LogForm } from './logsForm.ts';

const shortText = v.pipe(v.string(), v.maxLength(300));

const formSchema: v.GenericSchema<unknown, LogForm> = v.object({
  type: v.picklist(LOG_FORM_TYPES),
  keyName: shortText,
  model: shortText,
  group: shortText,
  requestId: shortText,
  from: shortText,
  to: shortText,
});

/** What the logs page may ask of its host. Whose log it is about is not the page's to say. */
export const logsPageRequest = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('search'), form: formSchema }),
  v.object({ type: v.literal('more') }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('copy'), row: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ type: v.literal('export') }),
]);

export type LogsPageRequest = v.InferOutput<typeof logsPageRequest>;

/** Where a search stands. */
export interface LogsProgress {
  readonly unit?: Unit;
  readonly total?: number;
  readonly isTotalLeast?: boolean;
  readonly unreadable?: number;
  readonly appliedHere?: readonly LogFilterName[];
  readonly notApplied?: readonly LogFilterName[];
  readonly summary?: LogPage['summary'];
  /** undefined while there may be more. */
  readonly end?: LogEnd;
}

/** What the host tells the logs page. */
export type LogsPageMessage =
  | ({
      readonly type: 'show';
      readonly keyId: string;
      readonly label: string;
      readonly form: LogForm;
      readonly rows: readonly LogRow[];
    } & LogsProgress)
  | ({ readonly type: 'rows'; readonly rows: readonly LogRow[] } & LogsProgress)
  | { readonly type: 'busy' }
  | { readonly type: 'idle' }
  | { readonly type: 'problem'; readonly message: string };

/** What VS Code keeps of the panel over a reload. */
export const savedLogsPanel = v.object({
  keyId: shortText,
  form: formSchema,
  /** What is typed and was not sent. */
  typed: v.optional(formSchema),
  scrollTop: v.optional(v.pipe(v.number(), v.minValue(0))),
});

export type SavedLogsPanel = v.InferOutput<typeof savedLogsPanel>;
