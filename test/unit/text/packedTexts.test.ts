import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { packed, packTexts } from '../../../build/packTexts.ts';
import { type Bundle, packedTextsOf, unpackTexts } from '../../../src/text/packedTexts.ts';
import { textKey } from '../../../src/text/textKey.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

describe('packed translations', () => {
  after(removeTempFolders);

  it('have for each message of each language what its file has', () => {
    const files = globSync('l10n/bundle.l10n.*.json');
    assert.ok(files.length > 0);
    for (const file of files) {
      const translations = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const unpacked = unpackTexts(packed(Object.entries(translations)));
      for (const [message, text] of Object.entries(translations)) assert.equal(unpacked[message], text);
    }
  });

  it('are written without the English messages', () => {
    assert.doesNotMatch(JSON.stringify(packed([['Show keys', '显示密钥']])), /Show/);
  });

  it('have whole messages beside them for the first file alone, which asks VS Code itself', () => {
    const folder = tempFolder();
    packTexts(folder);
    const bundle = JSON.parse(readFileSync(join(folder, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8')) as Bundle;
    const source = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Bundle;
    const { '': packedTexts, ...whole } = bundle;
    const messages = [
      'Key Quota was updated or removed while this window was open. Reload the window.',
      'Key Quota could not start: {0}',
    ];
    assert.deepEqual(Object.keys(whole).toSorted(), messages.toSorted());
    for (const message of messages) assert.equal(whole[message], source[message]);
    assert.equal(packedTextsOf(bundle)?.texts.length, Object.keys(source).length);
    assert.ok(packedTexts);
  });

  it('get another seed where two messages share a number', () => {
    // 600 messages: by one seed, one time in two some share one of 2^18 numbers.
    for (let round = 0; round < 8; round++) {
      const translations = Array.from(
        { length: 600 },
        (_, index) => [`${round} ${index}`, `${index}`] as const,
      );
      const result = packed(translations);
      const numbers = translations.map(([message]) => textKey(message, result.seed));
      assert.equal(new Set(numbers).size, 600);
      const unpacked = unpackTexts(result);
      for (const [message, text] of translations) assert.equal(unpacked[message], text);
    }
  });

  it('are none in English, and for a bundle of another form', () => {
    for (const bundle of [undefined, {}])
      assert.equal(unpackTexts(packedTextsOf(bundle))['Show keys'], undefined);
  });

  it('have nothing for a message of another version', () => {
    const unpacked = unpackTexts(packed([['Show keys', '显示密钥']]));
    assert.equal(unpacked['Show all keys'], undefined);
    assert.equal(unpacked['Show keys'], '显示密钥');
  });
});
