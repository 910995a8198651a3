import type { Unit } from './unit.ts';

/** What a log row is about. Only `consume` is spend; `refund` gives back. */
export type LogType = 'topUp' | 'consume' | 'manage' | 'system' | 'error' | 'refund' | 'login' | 'other';

/** One row of a gateway's log. Amounts in the page's unit; absent means the gateway did not say. */
export interface LogRow {
  /** ISO 8601. */
  readonly at: string;
  readonly type: LogType;
  readonly keyName: string;
  readonly model: string;
  readonly amount: number;
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

/** One page of a log. */
export interface LogPage {
  readonly unit: Unit;
  readonly page: number;
  /** Rows in all pages; absent where the gateway does not count them. */
  readonly total?: number;
  readonly rows: readonly LogRow[];
  /** Whether there may be another page. */
  readonly more: boolean;
  /** The summary of the filter, where the gateway gives one: spend, and the pace of the last minute. */
  readonly summary?: { readonly used: number; readonly rpm?: number; readonly tpm?: number };
}
