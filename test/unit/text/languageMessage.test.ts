import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { packed } from '../../../build/packTexts.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { areFiguresHidden, setFiguresHidden } from '../../../src/text/hiddenFigures.ts';
import { applyLanguage, isLanguageMessage } from '../../../src/text/languageMessage.ts';
import { setDisplayZone } from '../../../src/text/zone.ts';
import { displayZone, zoneText } from '../../../src/text/zoneName.ts';

describe("a page's first message", () => {
  afterEach(() => {
    setDisplayZone(undefined);
    setDisplayLanguage('en', {});
    setFiguresHidden(false);
  });

  it('sets the host’s zone and language', () => {
    applyLanguage({
      type: 'speak',
      language: 'zh-cn',
      timeZone: 'Pacific/Chatham',
      figuresHidden: true,
      translations: packed({ 'All times are in the time zone {0}.': '所有时间均为 {0} 时区。' }),
    });
    assert.equal(displayZone(), 'Pacific/Chatham');
    assert.equal(areFiguresHidden(), true);
    assert.equal(zoneText(), '所有时间均为 Pacific/Chatham 时区。');
  });

  it('is recognized by its type', () => {
    assert.ok(isLanguageMessage({ type: 'speak' }));
    for (const other of [{ type: 'show' }, {}, null, undefined, 'speak'])
      assert.ok(!isLanguageMessage(other));
  });
});
