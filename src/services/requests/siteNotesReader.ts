import type { Store } from '../../core/ports/store.ts';
import type { SiteNotes } from '../../gateways/siteNotes.ts';
import { countSavedNotes } from './saveNote.ts';
import { notesIn } from './siteNotes.ts';

/** Reads what is kept of a site once: again after a note that this window saves, and after `expire`. */
export class SiteNotesReader {
  readonly #store: Store;
  readonly #baseUrl: string;
  #read: { readonly notes: SiteNotes; readonly saved: number } | undefined;

  constructor(store: Store, baseUrl: string) {
    this.#store = store;
    this.#baseUrl = baseUrl;
  }

  get notes(): SiteNotes {
    const saved = countSavedNotes();
    if (this.#read?.saved !== saved)
      this.#read = { notes: notesIn(this.#store.sites.siteOf(this.#baseUrl)?.site), saved };
    return this.#read.notes;
  }

  /** Another window may have saved a note meanwhile. */
  expire(): void {
    this.#read = undefined;
  }
}
