import type { Listing } from '../manifest/listing.ts';

/** What a release is judged by. */
export interface ReleaseInput {
  readonly listing: Listing;
  readonly version: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** The tag that is released; absent while one only looks whether all is ready. */
  readonly tag?: string;
}

const WHAT_IT_IS: Readonly<Record<keyof Listing, string>> = {
  repository: 'the address of the repository, such as https://github.com/OWNER/NAME',
  homepage: 'the address of the page about the extension; the README of the repository will do',
  bugs: 'the address where faults are reported, such as https://github.com/OWNER/NAME/issues',
  qna: 'the address where questions are asked, or "marketplace" for the Marketplace’s own page',
  pricing: '"Free" or "Trial"',
};

/** Why this cannot be released yet, a plain sentence each. */
export function releaseFaults({ listing, version, changelog, tag }: ReleaseInput): readonly string[] {
  const names = Object.keys(WHAT_IT_IS) as (keyof Listing)[];
  const missing = names.flatMap(name =>
    listing[name] === null
      ? [`listing.json lacks “${name}”: ${WHAT_IT_IS[name]}. Fill it in, then run: npm run manifest`]
      : [],
  );
  const wrong = names.flatMap(name =>
    isRight(name, listing[name]) ? [] : [`“${name}” in listing.json is to be ${WHAT_IT_IS[name]}.`],
  );
  return [...missing, ...wrong, ...changelogFaults(changelog, version), ...tagFaults(version, tag)];
}

/** VS Code's own rule for a version: an odd number in the middle is a pre-release. */
export function channelOf(version: string): 'release' | 'pre-release' {
  return Number(version.split('.')[1]) % 2 === 1 ? 'pre-release' : 'release';
}

/** What the changelog says of a version; undefined where it has no section with a date. */
export function notesOf(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const dated = new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`);
  const own = sections.find(section => dated.test(section.split('\n')[0] ?? ''));
  return own?.split('\n').slice(1).join('\n').trim();
}

function isRight(name: keyof Listing, value: string | null): boolean {
  if (value === null || (name === 'qna' && value === 'marketplace')) return true;
  if (name === 'pricing') return value === 'Free' || value === 'Trial';
  return URL.parse(value)?.protocol === 'https:';
}

function changelogFaults(changelog: string, version: string): readonly string[] {
  const notes = notesOf(changelog, version);
  if (notes === undefined)
    return [`CHANGELOG.md has no section “## [${version}] - YYYY-MM-DD” for the version in package.json.`];
  const faults = notes === '' ? [`CHANGELOG.md says nothing of version ${version}.`] : [];
  const [, unreleased = ''] = /^## \[Unreleased\]\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog) ?? [];
  return unreleased.trim() === ''
    ? faults
    : [...faults, `CHANGELOG.md still has entries under “Unreleased”: move them below ${version}.`];
}

function tagFaults(version: string, tag: string | undefined): readonly string[] {
  return tag === undefined || tag === `v${version}`
    ? []
    : [`The tag ${tag} does not fit version ${version} in package.json: it must be v${version}.`];
}
