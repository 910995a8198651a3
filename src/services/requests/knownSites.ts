import type { Store } from '../../core/ports/store.ts';
import type { KnownOfSite } from '../../gateways/credentialSpec.ts';
import { notesIn, parseStoredSite } from './siteNotes.ts';

/** What is stored about the site at a base URL. */
export function knownOfSite(store: Store, baseUrl: string, now: number): KnownOfSite {
  return { ...parsed(store.sites.siteOf(baseUrl)?.site), now };
}

/** The same for many keys: each site is parsed once, and again when it has changed. */
export class KnownSites {
  readonly #store: Store;
  readonly #sites = new Map<string, Omit<KnownOfSite, 'now'> & { readonly text: string | undefined }>();

  constructor(store: Store) {
    this.#store = store;
  }

  knownAt(baseUrl: string, now: number): KnownOfSite {
    if (!this.#sites.has(baseUrl)) this.update(baseUrl);
    return { notes: {}, ...this.#sites.get(baseUrl), now };
  }

  /** Reads a site from the store. Returns whether it has changed. */
  update(baseUrl: string): boolean {
    const text = this.#store.sites.siteOf(baseUrl)?.site;
    const old = this.#sites.get(baseUrl);
    if (old && old.text === text) return false;
    this.#sites.set(baseUrl, { ...parsed(text), text });
    return true;
  }

  /** Reads all sites that were asked for again. */
  updateAll(): void {
    for (const baseUrl of this.#sites.keys()) this.update(baseUrl);
  }
}

function parsed(text: string | undefined): Omit<KnownOfSite, 'now'> {
  return { site: parseStoredSite(text), notes: notesIn(text) };
}
