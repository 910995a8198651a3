import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { clauses, listed } from '../../../src/text/clauses.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';

describe('words one after the other', () => {
  afterEach(() => setDisplayLanguage('en'));

  it('are set apart by commas in English', () => {
    assert.equal(listed([]), '');
    assert.equal(listed(['Cline']), 'Cline');
    assert.equal(listed(['Cline', 'Roo {0}', 'Aider']), 'Cline, Roo {0}, Aider');
    assert.equal(clauses(['ok', '$1']), 'ok, $1');
  });

  it('are names with the sign between them that Chinese has for it', () => {
    setDisplayLanguage('zh-cn', { '{0}, {1}': '{0}、{1}', ', ': '，' });
    assert.equal(listed(['Cline', 'Roo', 'Aider']), 'Cline、Roo、Aider');
    assert.equal(clauses(['正常', '$1']), '正常，$1');
  });
});
