import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { joinClauses, joinNames } from '../../../src/text/clauses.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';

describe('words one after the other', () => {
  afterEach(() => setDisplayLanguage('en'));

  it('are set apart by commas in English', () => {
    assert.equal(joinNames([]), '');
    assert.equal(joinNames(['Cline']), 'Cline');
    assert.equal(joinNames(['Cline', 'Roo {0}', 'Aider']), 'Cline, Roo {0}, Aider');
    assert.equal(joinClauses(['ok', '$1']), 'ok, $1');
  });

  it('are names with the sign between them that Chinese has for it', () => {
    setDisplayLanguage('zh-cn', { '{0}, {1}': '{0}、{1}', ', ': '，' });
    assert.equal(joinNames(['Cline', 'Roo', 'Aider']), 'Cline、Roo、Aider');
    assert.equal(joinClauses(['正常', '$1']), '正常，$1');
  });
});
