import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Findings } from '../../../../src/cli/configuration/findings.ts';
import { tokensOf } from '../../../../src/cli/configuration/tokensOf.ts';
import { tokenFor } from '../../support/configurationFolder.ts';

type File = Parameters<typeof tokensOf>[0];

function read(readers: readonly object[], scrapers: readonly object[]) {
  const environment = {
    R: tokenFor('reader'),
    S: tokenFor('scraper'),
    SHORT: tokenFor('short').slice(0, 31),
    LEAST: tokenFor('least').slice(0, 32),
  };
  const findings = new Findings({ folder: '/nowhere', environment });
  const file = { readers, scrapers, keys: [{ name: 'ML' }, { name: 'web' }] } as unknown as File;
  const found = tokensOf(file, [], findings);
  const about = (texts: readonly string[]) => texts.filter(text => /reader|scraper/.test(text));
  return { ...found, mistakes: about(findings.mistakes), warnings: about(findings.warnings) };
}

describe('the tokens of readers and scrapers', () => {
  it('are theirs, and a scraper without a name is called by its place', () => {
    const { readers, scrapers, mistakes, warnings } = read(
      [{ name: 'ML team', tokenEnv: 'R', keys: ['ML'] }],
      [{ tokenEnv: 'S' }, { name: 'other', tokenEnv: 'LEAST' }],
    );
    assert.deepEqual(readers, [{ name: 'ML team', token: tokenFor('reader'), patterns: ['ML'] }]);
    assert.deepEqual(
      scrapers.map(({ name }) => name),
      ['scrapers[0]', 'other'],
    );
    assert.deepEqual([mistakes, warnings], [[], []]);
  });

  it('are missing, with a sentence, where their variable is not set or too short', () => {
    const { readers, scrapers, mistakes } = read([{ name: 'a', tokenEnv: 'NONE' }], [{ tokenEnv: 'SHORT' }]);
    assert.deepEqual([readers, scrapers], [[], []]);
    assert.match(mistakes[0] ?? '', /^“readers\[0\]”: “tokenEnv” names a variable that is not set/);
    assert.match(mistakes[1] ?? '', /^“scrapers\[0\]”: A token must have at least 32 characters/);
    assert.equal(mistakes.length, 2);
  });

  it('may be of readers alone or of scrapers alone; without any, nobody can ask', () => {
    assert.deepEqual(read([{ name: 'a', tokenEnv: 'R' }], []).warnings, []);
    assert.deepEqual(read([], [{ tokenEnv: 'S' }]).warnings, []);
    assert.equal(read([], []).warnings.length, 1);
  });
});
