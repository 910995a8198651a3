import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { joinClauses, joinNames } from '../../../src/text/clauses.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';

describe('clauses and names', () => {
  afterEach(() => setDisplayLanguage('en'));

  it('are joined by commas in English', () => {
    assert.equal(joinNames([]), '');
    assert.equal(joinNames(['Cline']), 'Cline');
    assert.equal(joinNames(['Cline', 'Roo {0}', 'Aider']), 'Cline, Roo {0}, Aider');
    assert.equal(joinClauses(['ok', '$1']), 'ok, $1');
  });

  it('are joined by the Chinese comma between names', () => {
    setDisplayLanguage('zh-cn', { '{0}, {1}': '{0}、{1}', ', ': '，' });
    assert.equal(joinNames(['Cline', 'Roo', 'Aider']), 'Cline、Roo、Aider');
    assert.equal(joinClauses(['正常', '$1']), '正常，$1');
  });
});
