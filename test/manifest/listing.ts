import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../host/project.ts';

/** What a person gives for the pages of the marketplaces, in listing.json; null is not given yet. */
export interface Listing {
  readonly repository: string | null;
  readonly homepage: string | null;
  readonly bugs: string | null;
  /** An address, or `marketplace` for its own page of questions. */
  readonly qna: string | null;
  readonly pricing: 'Free' | 'Trial' | null;
}

export function readListing(): Listing {
  return JSON.parse(readFileSync(join(projectRoot, 'listing.json'), 'utf8')) as Listing;
}

/** The members of the manifest that follow from the listing; those that are not given are left out. */
export function listingMembers({ repository, homepage, bugs, qna, pricing }: Listing): object {
  return {
    ...(repository !== null && { repository: { type: 'git', url: repository } }),
    ...(homepage !== null && { homepage }),
    ...(bugs !== null && { bugs: { url: bugs } }),
    ...(qna !== null && { qna }),
    ...(pricing !== null && { pricing }),
  };
}

export const LISTING_MEMBERS: readonly string[] = ['repository', 'homepage', 'bugs', 'qna', 'pricing'];
