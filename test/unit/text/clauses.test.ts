import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { joinClauses, joinNames } from '../../../src/text/clauses.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { LANGUAGES, type Language, textsOf } from '../../l10n/bundles.ts';

describe('clauses and names', () => {
  afterEach(() => setDisplayLanguage('en'));

  it('are joined by commas in English', () => {
    assert.equal(joinNames([]), '');
    assert.equal(joinNames(['Cline']), 'Cline');
    assert.equal(joinNames(['Cline', 'Roo {0}', 'Aider']), 'Cline, Roo {0}, Aider');
    assert.equal(joinClauses(['ok', '$1']), 'ok, $1');
  });

  const JOINED: Readonly<Record<Language, readonly [names: string, clauses: string]>> = {
    'zh-cn': ['Cline、Roo、Aider', '正常，$1'],
    'zh-tw': ['Cline、Roo、Aider', '正常，$1'],
    ja: ['Cline、Roo、Aider', '正常、$1'],
  };
  for (const language of LANGUAGES)
    it(`are joined as ${language} does`, () => {
      setDisplayLanguage(language, textsOf(`l10n/bundle.l10n.${language}.json`));
      assert.deepEqual([joinNames(['Cline', 'Roo', 'Aider']), joinClauses(['正常', '$1'])], JOINED[language]);
    });
});
