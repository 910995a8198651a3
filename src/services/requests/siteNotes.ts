import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Site } from '../../gateways/site.ts';
import type { SiteNotes } from '../../gateways/siteNotesType.ts';

/** What is kept beside what a site says of itself: one text, which older versions of the extension read as well. */
export function notesIn(text: string | undefined): SiteNotes {
  const { notes } = siteIn(text);
  return isMembers(notes) ? notes : {};
}

/** A stored site; undefined when there is none, or when it is damaged. */
export function parseStoredSite(text: string | undefined): Site | undefined {
  const site = parseOwnJson(text, isMembers);
  if (!site) return undefined;
  const { notes, ...facts } = site;
  return notes !== undefined && Object.keys(facts).length === 0 ? undefined : facts;
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
}

function siteIn(text: string | undefined): Readonly<Record<string, unknown>> {
  return parseOwnJson(text, isMembers) ?? {};
}
