/** The plan behind a CheapestInference key. Amounts are dollars, times ISO 8601. */
export interface PlanFigures {
  slug: string | null;
  status: string | null;
  expiresAt: string | null;
  /** The cap of a budget period; null is none. */
  limit: number | null;
  duration: string | null;
  resetsAt: string | null;
  rpm: number | null;
  tpm: number | null;
  type: string;
  createdAt: string;
}

/** The key of the documents. */
export const STANDARD_PLAN: PlanFigures = {
  slug: 'standard',
  status: 'active',
  expiresAt: '2100-02-15T10:00:00.000Z',
  limit: 10,
  duration: '30d',
  resetsAt: '2100-02-15T10:00:00.000Z',
  rpm: 60,
  tpm: 3333,
  type: 'subscription',
  createdAt: '2026-01-15T10:00:00.000Z',
};

/** A key that is paid from the credits of the account: it has no plan. */
export const CREDIT_PLAN: PlanFigures = {
  ...STANDARD_PLAN,
  slug: null,
  status: null,
  expiresAt: null,
  limit: null,
  duration: null,
  resetsAt: null,
  type: 'credit',
};

/** What can be bought; some amounts are text. */
export const PLANS = [
  { slug: 'standard', name: 'Standard', priceUsdc: '20', rateLimits: { tpm_limit: 3333, rpm_limit: 60 } },
  { slug: 'pro', name: 'Pro', priceUsdc: '60', rateLimits: { tpm_limit: 13_333, rpm_limit: 200 } },
];
