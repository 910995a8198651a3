import type { KeyState } from '../../core/quota/keyState.ts';

/** States of keys that were read in one place. */
export interface Source {
  /** What the place is called: an editor, a server. */
  readonly title: string;
  readonly keys: readonly KeyState[];
  /** The time at which they are so, epoch milliseconds: a server's own clock says how old its figures are. */
  readonly now: number;
  /** The editor whose database it is. */
  readonly editor?: string;
}

/** Why a place told nothing, as a sentence. */
export class SourceError extends Error {}
