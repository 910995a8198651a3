import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
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

export function siteIn(text: string | undefined): Readonly<Record<string, unknown>> {
  return parseOwnJson(text, isMembers) ?? {};
}
