import * as v from 'valibot';
import type { Unit } from '../quota/unit.ts';
import type { LogEnd } from '../usage/logPager.ts';
import type { LogFilterName, LogPage, LogRow } from '../usage/logRow.ts';
import { LOG_FORM_TYPES, type LogForm } from './logsForm.ts';
import type { KeyToChoose } from './usageMessages.ts';

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

/** Messages from the logs page. They name no key but those that the host offered to choose. */
export const logsPageRequest = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('search'), form: formSchema }),
  v.object({ type: v.literal('chooseKey'), keyId: shortText }),
  v.object({ type: v.literal('more') }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('copy'), row: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ type: v.literal('export') }),
]);

/** A message from the logs page. */
export type LogsPageRequest = v.InferOutput<typeof logsPageRequest>;

/** The state of a search; see `LogPager`. */
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

/** Messages from the host to the logs page. */
export type LogsPageMessage =
  | ({
      readonly type: 'show';
      readonly keyId: string;
      readonly label: string;
      readonly form: LogForm;
      readonly rows: readonly LogRow[];
      /** The keys whose log can be shown. */
      readonly keys?: readonly KeyToChoose[];
      /** The account's keys by the names in its log, and whether these are all. */
      readonly keyNames?: readonly string[];
      readonly isKeyListWhole?: boolean;
    } & LogsProgress)
  | ({ readonly type: 'rows'; readonly rows: readonly LogRow[] } & LogsProgress)
  /** `done` and `total` count rows, while all of them are read for a file. */
  | { readonly type: 'busy'; readonly done?: number; readonly total?: number }
  | { readonly type: 'idle' }
  | { readonly type: 'problem'; readonly message: string };

/** The state of the panel that VS Code restores after a reload. */
export const savedLogsPanel = v.object({
  keyId: shortText,
  form: formSchema,
  /** What was typed and not sent yet. */
  typed: v.optional(formSchema),
  scrollTop: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** See `savedLogsPanel`. */
export type SavedLogsPanel = v.InferOutput<typeof savedLogsPanel>;
