/** The amount that was planned for a range. */
export interface Budget {
  readonly amount: number;
  /** The name of its unit, such as `USD`; absent for that of the figures, if they have only one. */
  readonly unit?: string;
}

/** Parses `200`, `200.50` or `200 USD`; undefined for what is no amount above zero. */
export function parseBudget(input: string | number): Budget | undefined {
  const [, number = '', unit] = /^(\d+(?:\.\d+)?)(?:\s+([^\d\s]\S*))?$/.exec(String(input).trim()) ?? [];
  const amount = Number(number);
  if (!Number.isFinite(amount) || amount <= 0) return undefined;
  return unit === undefined ? { amount } : { amount, unit: unit.toUpperCase() };
}
