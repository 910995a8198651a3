import { createHash } from 'node:crypto';
import type { SeriesIds, SeriesSlots } from '../../core/panels/seriesSlots.ts';

/** What VS Code keeps for the extension, in all windows and over restarts. */
export interface ColorMemento {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

/** The most names that are kept; later ones get a slot by a hash of the name, which others may share. */
const MAX_KNOWN = 500;
const DIGEST_LENGTH = 10;

/**
 * Gives each key and each model a color of its own for good: the first free one when it is first seen, the biggest
 * spender first. Only digests of the names are kept.
 */
export class SeriesColors {
  readonly #memento: ColorMemento;

  constructor({ globalState }: { readonly globalState: ColorMemento }) {
    this.#memento = globalState;
  }

  /** The slots of these keys and models. */
  slotsOf({ keys, models }: SeriesIds): SeriesSlots {
    return { keys: this.#slots('colors.keys', keys), models: this.#slots('colors.models', models) };
  }

  #slots(name: string, ids: readonly string[]): SeriesSlots['keys'] {
    // Read again each time: another window may have added some.
    const known = knownDigests(this.#memento.get(name));
    const slots = new Map(known.map((digest, slot) => [digest, slot]));
    const all = [...known];
    const slotOf = (digest: string) => {
      const slot = slots.get(digest);
      if (slot !== undefined) return slot;
      if (all.length >= MAX_KNOWN) return Number.parseInt(digest, 16) % MAX_KNOWN;
      slots.set(digest, all.length);
      return all.push(digest) - 1;
    };
    const result = ids.map(id => [id, slotOf(digestOf(id))] as const);
    if (all.length > known.length) void this.#memento.update(name, all);
    return result;
  }
}

function knownDigests(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string') ? value : [];
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, DIGEST_LENGTH);
}
