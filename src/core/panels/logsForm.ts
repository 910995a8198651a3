import { LOG_TYPES } from '../usage/logRow.ts';

/** Log types to choose from; empty means any. */
export const LOG_FORM_TYPES = ['', ...LOG_TYPES] as const;

/** The log filter as text fields; empty means any. `from` and `to` are as `parseRange` reads them. */
export interface LogForm {
  readonly type: (typeof LOG_FORM_TYPES)[number];
  readonly keyName: string;
  readonly model: string;
  readonly group: string;
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
}

/** A filter that every row passes. */
export const EMPTY_LOG_FORM: LogForm = {
  type: '',
  keyName: '',
  model: '',
  group: '',
  requestId: '',
  from: '',
  to: '',
};

/** Parses a form from a page's saved state; undefined where it is none. */
export function parseLogForm(value: unknown): LogForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = value as Readonly<Record<string, unknown>>;
  const isForm = Object.keys(EMPTY_LOG_FORM).every(name => typeof members[name] === 'string');
  return isForm ? (members as unknown as LogForm) : undefined;
}
