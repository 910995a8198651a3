import type { Unit } from '../quota/unit.ts';

/** Types of log rows that a gateway can be asked for. Only `consume` is spend; `refund` gives back. */
export const LOG_TYPES = ['topUp', 'consume', 'manage', 'system', 'error', 'refund', 'login'] as const;

/** The type of a log row; `other` for types that cannot be asked for. */
export type LogType = (typeof LOG_TYPES)[number] | 'other';

/** One row of a gateway's log. Amounts in the page's unit; absent means the gateway did not say. */
export interface LogRow {
  /** ISO 8601. */
  readonly at: string;
  readonly type: LogType;
  /** For display, sanitized. */
  readonly keyName: string;
  /** The gateway's own name where it differs; filters need it. */
  readonly trueKeyName?: string;
  readonly model: string;
  /** Absent where the row has no readable amount, which is not 0. */
  readonly amount?: number;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly seconds?: number;
  readonly streamed?: boolean;
  readonly group?: string;
  readonly requestId?: string;
  /** The address the request came from, where the gateway keeps it. */
  readonly address?: string;
  readonly text?: string;
}

/** Which rows to ask for; absent means any. */
export interface LogFilter {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly type?: LogType;
  readonly keyName?: string;
  readonly model?: string;
  readonly group?: string;
  readonly requestId?: string;
  /** Epoch milliseconds, included. */
  readonly from?: number;
  readonly to?: number;
}

/** The parts of a filter. */
export type LogFilterName = Exclude<keyof LogFilter, 'page' | 'pageSize'>;

/** One page of a log. */
export interface LogPage {
  readonly unit: Unit;
  readonly page: number;
  /** Rows in all pages; absent where the gateway does not count them. */
  readonly total?: number;
  /** Whether the gateway may have stopped counting there, so that `total` is a lower bound. */
  readonly isTotalLeast?: boolean;
  /** The rows that pass the filter. */
  readonly rows: readonly LogRow[];
  /** Rows that the gateway sent; more than `rows` where it ignores a part of the filter. */
  readonly sent?: number;
  /** Rows that were sent and could not be read. */
  readonly unreadable?: number;
  /** Parts of the filter that the gateway ignores and that were applied to its rows. */
  readonly appliedHere?: readonly LogFilterName[];
  /** Parts of the filter that could not be applied at all. */
  readonly notApplied?: readonly LogFilterName[];
  /** Whether there may be another page. */
  readonly more: boolean;
  /** The summary of the filter, where the gateway gives one. */
  readonly summary?: LogSummary;
}

/** The spend of all rows of a filter, in the page's unit, and requests and tokens in the last minute. */
interface LogSummary {
  readonly used: number;
  readonly rpm?: number;
  readonly tpm?: number;
  /** Whether the rows add up to more. */
  readonly isContradicted?: boolean;
}
