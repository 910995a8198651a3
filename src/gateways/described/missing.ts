import type { FoundType } from '../../core/quota/descriptionMistake.ts';
import type { UnreadablePart } from '../../core/quota/reading.ts';

/** A member of a description that brought nothing, and what stands where it looks. */
export interface Missing {
  readonly at: UnreadablePart;
  readonly found: FoundType;
}
