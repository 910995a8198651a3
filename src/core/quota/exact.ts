/** An amount without the noise of binary arithmetic: fifteen digits keep every figure as it is. */
export function exact(amount: number): number {
  return Number(amount.toPrecision(15));
}
