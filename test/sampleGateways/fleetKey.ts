import type { KeyHoldings } from './state/keyState.ts';

/** A key as a developer would have it; amounts in dollars, so that the table reads like a bill. */
export interface FleetKey {
  readonly label: string;
  readonly left: number;
  readonly used: number;
  readonly expiresInDays?: number;
  readonly holds?: Partial<KeyHoldings>;
  readonly models: readonly string[];
  /** Dollars an hour of use costs on average; 0 for a key that is not used any more. */
  readonly pace: number;
}
