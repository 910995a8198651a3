/** Millionths of less are fifteen digits at most. */
const MILLIONTHS_BELOW = 1e8;

/** An amount without the noise of binary arithmetic: fifteen digits keep every figure as it is. */
export function exact(amount: number): number {
  // Most amounts are whole millionths, which is known much sooner than it is written with fifteen digits and read again.
  const isMillionths = Math.abs(amount) < MILLIONTHS_BELOW && Math.round(amount * 1e6) / 1e6 === amount;
  return isMillionths ? amount + 0 : Number(amount.toPrecision(15));
}
