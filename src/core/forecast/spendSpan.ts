/** Spend as it was noticed at one moment. Epoch milliseconds; amounts in the reading's unit. */
export interface SpendSpan {
  /** When it was noticed. */
  readonly at: number;
  /** Since when it may have been going on: the look before. The moment itself when absent. */
  readonly since?: number;
  readonly spent: number;
}
