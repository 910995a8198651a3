/** How many colors are for keys and models, and how many patterns. */
const SERIES_COLORS = 7;
const SERIES_PATTERNS = 8;
/** The pattern of the sum of what is too small for a color of its own. */
const REST_PATTERN = 8;

/** How a slot looks: a pair of numbers that is unique among the first 56 slots. */
interface SlotLook {
  /** The number of a color; undefined for the sum of the small ones. */
  readonly color: number | undefined;
  /** The number of a pattern; 0 is solid. */
  readonly pattern: number;
}

/**
 * The look of a slot; undefined is the sum of the small ones. Slots after the last color have the first ones again, with
 * patterns. In high contrast each slot has a pattern beside its color.
 */
export function slotLook(slot: number | undefined, isHighContrast: boolean): SlotLook {
  if (slot === undefined) return { color: undefined, pattern: isHighContrast ? REST_PATTERN : 0 };
  const pattern = isHighContrast ? slot : Math.floor(slot / SERIES_COLORS);
  return { color: slot % SERIES_COLORS, pattern: pattern % SERIES_PATTERNS };
}
