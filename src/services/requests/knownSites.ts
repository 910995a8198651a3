import type { Store } from '../../core/ports/store.ts';
import type { KnownOfSite } from '../../gateways/gateway.ts';
import { notesIn, parseStoredSite } from './siteNotes.ts';

/** What is stored about the site at an origin. */
export function knownOfSite(store: Store, origin: string, now: number): KnownOfSite {
  return { ...parsed(store.sites.siteOf(origin)?.site), now };
}

/** The same for many keys: each site is parsed once, and again when it has changed. */
export class KnownSites {
  readonly #store: Store;
  readonly #sites = new Map<string, Omit<KnownOfSite, 'now'> & { readonly text: string | undefined }>();

  constructor(store: Store) {
    this.#store = store;
  }

  of(origin: string, now: number): KnownOfSite {
    if (!this.#sites.has(origin)) this.update(origin);
    return { notes: {}, ...this.#sites.get(origin), now };
  }

  /** Reads a site from the store. Returns whether it has changed. */
  update(origin: string): boolean {
    const text = this.#store.sites.siteOf(origin)?.site;
    const old = this.#sites.get(origin);
    if (old && old.text === text) return false;
    this.#sites.set(origin, { ...parsed(text), text });
    return true;
  }

  /** Reads all sites that were asked for again. */
  updateAll(): void {
    for (const origin of this.#sites.keys()) this.update(origin);
  }
}

function parsed(text: string | undefined): Omit<KnownOfSite, 'now'> {
  return { site: parseStoredSite(text), notes: notesIn(text) };
}
