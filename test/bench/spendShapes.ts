const STEP_S = 300;
const DAY_S = 86_400;

/** A made-up pattern of spend: what a key spends between two readings. */
export interface SpendShape {
  readonly name: string;
  /** What a year of it may take in the database, in MB. */
  readonly mostMb: number;
  /** What is spent in the step that ends at `at`, epoch seconds; `chance` is a random number from 0 to 1. */
  spent(at: number, chance: number): number;
}

/**
 * Agents at work: on working days from nine to six with lunch, two steps in three burn something; one
 * evening in four a little more. Nights and weekends are idle.
 */
export const working: SpendShape = {
  name: 'agents by day, idle nights and weekends',
  mostMb: 64,
  spent(at, chance) {
    const day = Math.floor(at / DAY_S) % 7;
    const hour = (at % DAY_S) / 3600;
    // The epoch began on a Thursday.
    if (day === 2 || day === 3) return 0;
    const busy = (hour >= 9 && hour < 12.5) || (hour >= 13.5 && hour < 18);
    const evening = hour >= 20 && hour < 22 && day === 0;
    return (busy || evening) && chance < 2 / 3 ? Math.round(1000 + chance * 300_000) : 0;
  },
};

/** Every reading differs from the one before: nothing can be written as a run. */
export const restless: SpendShape = {
  name: 'every reading differs',
  // More than `working`, because each row is kept by itself and says whether it is merged and whether a reset was
  // missed: two bytes.
  mostMb: 72,
  spent: (_at, chance) => Math.round(1 + chance * 300_000),
};

export { DAY_S, STEP_S };
