import { LOG_TYPES } from '../usage/logRow.ts';

/** What a person can choose as a row's type; empty means any. */
export const LOG_FORM_TYPES = ['', ...LOG_TYPES] as const;

/** The filter as a person fills it in; empty means any. */
export interface LogForm {
  readonly type: (typeof LOG_FORM_TYPES)[number];
  readonly keyName: string;
  readonly model: string;
  readonly group: string;
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
}

/** A form that asks for everything. */
export const EMPTY_LOG_FORM: LogForm = {
  type: '',
  keyName: '',
  model: '',
  group: '',
  requestId: '',
  from: '',
  to: '',
};

/** A form that comes back from outside; undefined when it is none. */
export function parseLogForm(value: unknown): LogForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = value as Readonly<Record<string, unknown>>;
  const isForm = Object.keys(EMPTY_LOG_FORM).every(name => typeof members[name] === 'string');
  return isForm ? (members as unknown as LogForm) : undefined;
}
