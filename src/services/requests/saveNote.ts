import type { Store } from '../../core/ports/store.ts';
import type { SiteNotes } from '../../gateways/siteNotes.ts';
import { notesIn, siteIn } from './siteNotes.ts';

let savedNotes = 0;

/** How many notes this window has saved, about whichever site. */
export function countSavedNotes(): number {
  return savedNotes;
}

/** Keeps something that was learnt about a site, for all its keys and all windows. */
export function saveNote(store: Store, baseUrl: string, change: SiteNotes): void {
  store.transaction(() => {
    const stored = store.sites.siteOf(baseUrl);
    const old = notesIn(stored?.site);
    const notes: SiteNotes = {
      ...old,
      ...change,
      has: { ...old.has, ...change.has },
      lacks: { ...old.lacks, ...change.lacks },
    };
    // A site that was not asked yet is asked as if nothing were kept.
    store.sites.saveSite(baseUrl, JSON.stringify({ ...siteIn(stored?.site), notes }), stored?.askedAt ?? 0);
  });
  savedNotes++;
}
