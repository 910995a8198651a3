/** One consumer of a scarce resource. `least` and `most` are in the unit of the resource. */
export interface Consumer {
  readonly weight: number;
  /** What it gets in any case; the sum of all must not be more than there is. */
  readonly least: number;
  /** More than this it does not need. */
  readonly most: number;
}

/**
 * Shares an amount by weight: each consumer gets its weight times one common rate, within its `least` and `most`. What
 * some do not need goes to the others. Returns what each gets, in their order.
 */
export function shareOut(consumers: readonly Consumer[], amount: number): readonly number[] {
  const rate = commonRate(consumers, amount);
  return consumers.map(consumer => partOf(consumer, rate));
}

function partOf({ weight, least, most }: Consumer, rate: number): number {
  return Math.min(most, Math.max(least, rate * weight));
}

/** The rate at which all parts together are the amount; infinite where that is enough for all. */
function commonRate(consumers: readonly Consumer[], amount: number): number {
  const growing = consumers.filter(({ least, most }) => least < most);
  const steps = growing
    .flatMap(({ weight, least, most }) => [
      { rate: least / weight, slope: weight },
      { rate: most / weight, slope: -weight },
    ])
    .sort((a, b) => a.rate - b.rate);
  let total = consumers.reduce((sum, consumer) => sum + partOf(consumer, 0), 0);
  let rate = 0;
  let slope = 0;
  for (const step of steps) {
    const next = total + slope * (step.rate - rate);
    if (slope > 0 && next >= amount) break;
    total = next;
    rate = step.rate;
    slope += step.slope;
  }
  // What is left of a slope after as much was taken away as was added is rounding.
  return slope > 1e-9 ? rate + (amount - total) / slope : Number.POSITIVE_INFINITY;
}
