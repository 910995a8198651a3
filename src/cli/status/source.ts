import type { KeyState } from '../../core/quota/keyState.ts';

/** States of keys that were read in one place. */
export interface Source {
  /** What the place is called: an editor, a server. */
  readonly title: string;
  readonly keys: readonly KeyState[];
  /** The present time, epoch milliseconds, by the clock that dates the figures: for a server its own. */
  readonly now: number;
  /** The editor whose database it is. */
  readonly editor?: string;
}

/** Why a place told nothing, as a sentence. */
export class SourceError extends Error {}
