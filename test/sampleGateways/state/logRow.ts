/** What kind of event a log row tells, as New API numbers them. */
export const LOG_TYPES = {
  topUp: 1,
  consume: 2,
  manage: 3,
  system: 4,
  error: 5,
  refund: 6,
  login: 7,
} as const;

/** One row of the gateway's log. */
export interface LogRow {
  readonly id: number;
  /** Epoch seconds. */
  readonly at: number;
  readonly type: number;
  readonly account: string;
  /** The handle of the key, or nothing for events of the account. */
  readonly key: string | undefined;
  readonly model: string;
  readonly quota: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly useTime: number;
  readonly stream: boolean;
  readonly group: string;
  readonly ip: string;
  readonly requestId: string;
  readonly content: string;
}

/** What a test or the simulation says when a key is used; all but the amount has a sensible default. */
export interface Spend {
  quota: number;
  model?: string;
  promptTokens?: number;
  completionTokens?: number;
  /** Epoch seconds; now when absent. */
  at?: number;
  useTime?: number;
  stream?: boolean;
  group?: string;
  ip?: string;
}

/** Any other row a test wants in the log, such as an error (type 5) or a top-up (type 1). */
export interface Event extends Spend {
  type: number;
  content?: string;
}
