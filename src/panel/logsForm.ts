import type { LogType } from '../quota/logRow.ts';

/** The filter as a person fills it in; empty means any. */
export interface LogForm {
  /** `other` is no type that a gateway could be asked for. */
  readonly type: '' | Exclude<LogType, 'other'>;
  readonly keyName: string;
  readonly model: string;
  readonly group: string;
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
}

/** A form that asks for everything. */
export const EMPTY_FORM: LogForm = {
  type: '',
  keyName: '',
  model: '',
  group: '',
  requestId: '',
  from: '',
  to: '',
};
