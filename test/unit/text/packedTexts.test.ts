import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { packed, packTexts } from '../../../build/packTexts.ts';
import { type PackedKeys, unpackTexts } from '../../../src/text/packedTexts.ts';
import { textKey } from '../../../src/text/textKey.ts';
import { LANGUAGES, textsOf } from '../../l10n/bundles.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

describe('packed translations', () => {
  after(removeTempFolders);

  it('have for each message of each language what its file has', () => {
    const files = globSync('l10n/bundle.l10n.*.json');
    assert.ok(files.length > 0);
    for (const file of files) {
      const translations = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const unpacked = unpackTexts(packed(translations));
      for (const [message, text] of Object.entries(translations)) assert.equal(unpacked[message], text);
    }
  });

  it('are written without the English messages', () => {
    assert.doesNotMatch(JSON.stringify(packed({ 'Show keys': '显示密钥' })), /Show/);
  });

  it('have whole messages beside them for the first file alone, which asks VS Code itself', () => {
    const folder = tempFolder();
    packTexts(folder);
    const read = (name: string) => JSON.parse(readFileSync(join(folder, 'l10n', name), 'utf8'));
    const keys: PackedKeys = read('keys.json');
    for (const language of LANGUAGES) {
      const source = textsOf(`l10n/bundle.l10n.${language}.json`);
      const { '': texts, ...whole } = read(`bundle.l10n.${language}.json`);
      const messages = [
        'Key Quota was updated or removed while this window was open. Reload the window.',
        'Key Quota could not start: {0}',
      ];
      assert.deepEqual(Object.keys(whole).toSorted(), messages.toSorted());
      for (const message of messages) assert.equal(whole[message], source[message]);
      assert.equal(texts.length, Object.keys(source).length);
      const unpacked = unpackTexts({ ...keys, texts });
      for (const [message, text] of Object.entries(source)) assert.equal(unpacked[message], text);
    }
  });

  it('get another seed where two messages share a key', () => {
    // 600 messages: by one seed, one time in two some share one of 2^18 keys.
    for (let round = 0; round < 8; round++) {
      const translations = Array.from(
        { length: 600 },
        (_, index) => [`${round} ${index}`, `${index}`] as const,
      );
      const result = packed(Object.fromEntries(translations));
      const keys = translations.map(([message]) => textKey(message, result.seed));
      assert.equal(new Set(keys).size, 600);
      const unpacked = unpackTexts(result);
      for (const [message, text] of translations) assert.equal(unpacked[message], text);
    }
  });

  it('are none in English', () => {
    assert.equal(unpackTexts(undefined)['Show keys'], undefined);
  });

  it('leave a message English that has none', () => {
    const packedOnes = packed({ 'Show keys': '显示密钥', 'Add Key…': '添加密钥…' });
    const unpacked = unpackTexts({ ...packedOnes, texts: [null, '添加密钥…'] });
    assert.deepEqual([unpacked['Show keys'], unpacked['Add Key…']], [undefined, '添加密钥…']);
  });

  it('have nothing for a message of another version', () => {
    const unpacked = unpackTexts(packed({ 'Show keys': '显示密钥' }));
    assert.equal(unpacked['Show all keys'], undefined);
    assert.equal(unpacked['Show keys'], '显示密钥');
  });
});
