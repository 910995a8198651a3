import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { amountText } from '../../../src/text/amount.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { dateTimeText } from '../../../src/text/time.ts';
import type * as TextLanguage from '../../../src/vscode/host/textLanguage.ts';
import { importWithStub } from '../support/vscodeStub.ts';

describe('the language of dates and amounts', () => {
  it('is the language of the texts: English where there is no translation', async () => {
    const { languageOf } = await importWithStub<typeof TextLanguage>('vscode/host/textLanguage.ts');
    assert.equal(languageOf('de', undefined), 'en');
    assert.equal(languageOf('ko', undefined), 'en');
    assert.equal(languageOf('en-gb', undefined), 'en-gb');
    assert.equal(languageOf('zh-cn', { never: '从未' }), 'zh-cn');
    assert.equal(languageOf('zh-tw', { never: '永不到期' }), 'zh-tw');
    assert.equal(languageOf('ja', { never: '無期限' }), 'ja');
    setDisplayLanguage(languageOf('de', undefined));
    assert.equal(amountText(80, { code: 'USD', source: 'gateway' }), '$80.00');
    assert.match(dateTimeText(Date.UTC(2026, 10, 28, 12)), /Nov 28, 2026/);
    setDisplayLanguage('en');
  });
});
