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
    // The time stays 0 for a site that was not asked yet, so that it is still asked.
    store.sites.saveSite(baseUrl, JSON.stringify({ ...siteIn(stored?.site), notes }), stored?.askedAt ?? 0);
  });
  savedNotes++;
}
