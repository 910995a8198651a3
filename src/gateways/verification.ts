import type { GatewayContext } from './gatewayContext.ts';

/**
 * The findings of a smoke test; absent where a step could not be tried. Amounts are in the gateway's display
 * unit.
 */
export interface VerificationFindings {
  readonly keyName?: string;
  readonly totalQuota?: number;
  readonly totalUsedQuota?: number;
  readonly requestCount?: number;
  /** Days with spend in the range. */
  readonly daysPresent?: readonly string[];
  /** Whether a range narrows the answer: days inside it, none outside the range of activity. */
  readonly rangeFilterWorks?: boolean;
  /** Whether a malformed date is refused. */
  readonly errorPathRefuses?: boolean;
}

/** Two local days, both included. */
export interface DateRange {
  /** `2026-06-01` */
  readonly from: string;
  readonly to: string;
}

/**
 * One step of the smoke test.
 * @throws GatewayError when the gateway does not answer as it should.
 */
export interface VerificationStep {
  readonly name: 'happy-path' | 'date-range' | 'malformed-date' | 'outside-activity';
  readonly run: (context: GatewayContext, range: DateRange) => Promise<VerificationFindings>;
}

/** The steps of a kind's smoke test, in order. None of them spends quota. */
export type Verification = readonly VerificationStep[];
