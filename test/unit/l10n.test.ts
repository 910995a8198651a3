import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'mocha';
import { bundleFaults, LANGUAGES, placeholdersOf, textsOf } from '../l10n/bundles.ts';
import { charactersOf } from '../l10n/characters.ts';
import { extractTexts } from '../l10n/extractTexts.ts';
import { messageOf, translationCalls } from './support/translationCalls.ts';

describe('languages', function () {
  // The extractor compiles its queries first.
  this.timeout(120_000);
  let texts: ReadonlySet<string>;
  const manifest = textsOf('package.nls.json');
  before(async () => {
    texts = await extractTexts();
  });

  it('the extractor finds the text of every call', () => {
    const calls = globSync('src/**/*.ts').flatMap(file => translationCalls(file, readFileSync(file, 'utf8')));
    const written = calls.map(call => messageOf(call)?.replace(/\\(['"\\])/g, '$1'));
    assert.deepEqual(new Set(written), texts);
    assert.ok(texts.size > 100);
    assert.ok(texts.has('Refresh'), 'a text known to be there is found');
  });

  for (const language of LANGUAGES) {
    const bundle = textsOf(`l10n/bundle.l10n.${language}.json`);
    const translated = textsOf(`package.nls.${language}.json`);

    it(`${language} has every text of code and manifest, and none too many`, () => {
      assert.deepEqual(bundleFaults(language, texts), {
        missing: [],
        extra: [],
        missingInManifest: [],
        extraInManifest: [],
      });
    });

    it(`${language} keeps the placeholders of each text and leaves nothing empty`, () => {
      for (const [text, translation] of Object.entries(bundle)) {
        assert.deepEqual(placeholdersOf(translation), placeholdersOf(text), text);
        assert.notEqual(translation.trim(), '', text);
      }
    });

    it(`${language} is written in its own characters`, () => {
      const characters = charactersOf(language);
      for (const text of [...Object.values(bundle), ...Object.values(translated)]) {
        const foreign = [...text].filter(each => /\p{Script=Han}/u.test(each) && !characters.has(each));
        assert.deepEqual(foreign, [], text);
      }
    });

    if (language === 'ja')
      it('ja has kana wherever more than eight Han characters are, as Chinese has not', () => {
        for (const text of [...Object.values(bundle), ...Object.values(translated)])
          if ((text.match(/\p{Script=Han}/gu) ?? []).length > 8)
            assert.match(text, /\p{Script=Hiragana}/u, text);
      });

    it(`${language} keeps commands in links and settings in code`, () => {
      for (const [key, text] of Object.entries(manifest)) {
        const marks = (each: string) => (each.match(/\(command:[^)]*\)|`[^`]*`|#[\w.]+#/g) ?? []).sort();
        assert.deepEqual(marks(translated[key] ?? ''), marks(text), key);
      }
    });
  }
});
