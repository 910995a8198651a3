/** Chance that is the same in every run: numbers from 0 to 1, by Lehmer's generator. */
export function seededChance(seed: number): () => number {
  let state = (seed * 48_271) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
