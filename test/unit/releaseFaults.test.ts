import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { channelOf, notesOf, releaseFaults } from '../host/releaseFaults.ts';
import { type Listing, listingMembers, readListing } from '../manifest/listing.ts';

const GIVEN: Listing = {
  repository: 'https://code.example/owner/name',
  homepage: 'https://code.example/owner/name#readme',
  bugs: 'https://code.example/owner/name/issues',
  qna: 'marketplace',
  pricing: 'Free',
};
const NONE: Listing = { repository: null, homepage: null, bugs: null, qna: null, pricing: null };
const CHANGELOG = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-11-29

### Added

- A thing.

## [0.1.0] - 2026-06-01

- The first.
`;
const faults = (more: Partial<Parameters<typeof releaseFaults>[0]> = {}) =>
  releaseFaults({ listing: GIVEN, version: '0.2.0', changelog: CHANGELOG, tag: 'v0.2.0', ...more });

describe('a release', () => {
  it('is ready with all addresses, a dated section of the changelog and the tag of the version', () => {
    assert.deepEqual(faults(), []);
    assert.deepEqual(faults({ tag: undefined }), []);
  });

  it('lacks each address that nobody has given, with a sentence that says what to do', () => {
    const said = faults({ listing: NONE });
    assert.deepEqual(
      said.map(sentence => /“(\w+)”/.exec(sentence)?.[1]),
      ['repository', 'homepage', 'bugs', 'qna', 'pricing'],
    );
    for (const sentence of said) assert.match(sentence, /^listing\.json lacks .+ npm run manifest$/);
  });

  for (const [name, value] of [
    ['repository', 'git@code.example:owner/name.git'],
    ['homepage', 'http://code.example'],
    ['bugs', ''],
    ['qna', 'nowhere'],
    ['pricing', 'Cheap'],
  ] as const)
    it(`does not take “${value}” for ${name}`, () => {
      const [fault, ...others] = faults({ listing: { ...GIVEN, [name]: value } as Listing });
      assert.match(fault ?? '', new RegExp(`^“${name}” in listing\\.json is to be `));
      assert.deepEqual(others, []);
    });

  for (const [what, changelog, pattern] of [
    ['no section', CHANGELOG.replace('[0.2.0]', '[0.2.1]'), /has no section “## \[0\.2\.0\]/],
    ['a section without a date', CHANGELOG.replace(' - 2026-11-29', ''), /has no section/],
    [
      'an empty section',
      CHANGELOG.replace('### Added\n\n- A thing.\n', ''),
      /says nothing of version 0\.2\.0/,
    ],
    ['entries left', CHANGELOG.replace('[Unreleased]\n', '[Unreleased]\n\n- New.\n'), /under “Unreleased”/],
  ] as const)
    it(`is not ready with ${what} in the changelog`, () => {
      const [fault, ...others] = faults({ changelog });
      assert.match(fault ?? '', pattern);
      assert.deepEqual(others, []);
    });

  it('does not take the tag of another version', () => {
    assert.deepEqual(faults({ tag: 'v0.2.1' }), [
      'The tag v0.2.1 does not fit version 0.2.0 in package.json: it must be v0.2.0.',
    ]);
  });

  it('goes to the pre-release channel by an odd number in the middle', () => {
    assert.deepEqual(['0.1.0', '0.2.9', '1.0.3', '1.13.0'].map(channelOf), [
      'pre-release',
      'release',
      'release',
      'pre-release',
    ]);
  });

  it('has what the changelog says of it, and nothing of other versions', () => {
    assert.equal(notesOf(CHANGELOG, '0.2.0'), '### Added\n\n- A thing.');
    assert.equal(notesOf(CHANGELOG, '0.1.0'), '- The first.');
    assert.equal(notesOf(CHANGELOG, '0.10'), undefined);
  });
});

describe('listing.json', () => {
  it('has each member once, and nothing invented', () => {
    assert.deepEqual(Object.keys(readListing()), Object.keys(GIVEN));
  });

  it('gives the manifest what was given, in the form of a manifest', () => {
    assert.deepEqual(listingMembers(GIVEN), {
      repository: { type: 'git', url: 'https://code.example/owner/name' },
      homepage: 'https://code.example/owner/name#readme',
      bugs: { url: 'https://code.example/owner/name/issues' },
      qna: 'marketplace',
      pricing: 'Free',
    });
    assert.deepEqual(listingMembers(NONE), {});
  });
});
