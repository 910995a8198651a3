import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { Site } from '../../gateways/site.ts';
import type { SiteNotes } from '../../gateways/siteNotes.ts';

/** What is kept beside what a site says of itself: one text, which older versions of the extension read as well. */
export function notesIn(text: string | undefined): SiteNotes {
  const { notes } = siteIn(text);
  return isMembers(notes) ? notes : {};
}

/** A stored site; undefined when there is none, or when it is damaged. */
export function parseStoredSite(text: string | undefined): Site | undefined {
  const { notes, ...facts } = siteIn(text);
  if (notes === undefined && Object.keys(facts).length === 0) return parseOwnJson(text, isMembers);
  return notes !== undefined && Object.keys(facts).length === 0 ? undefined : facts;
}

/** Parsed texts: the same few are read for each call to a gateway. */
const parsedSites = new Map<string, Readonly<Record<string, unknown>>>();
const MAX_PARSED = 200;

/** All that is kept of a site. Must not be changed. */
export function siteIn(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  const known = parsedSites.get(text);
  if (known) return known;
  const parsed = parseOwnJson(text, isMembers) ?? {};
  if (parsedSites.size >= MAX_PARSED) parsedSites.clear();
  parsedSites.set(text, parsed);
  return parsed;
}
