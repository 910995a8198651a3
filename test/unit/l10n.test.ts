import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { holesOf, LANGUAGES, messages, textsOf } from '../l10n/messages.ts';

describe('languages', () => {
  const said = new Set(messages().map(({ text }) => text));
  const manifest = textsOf('package.nls.json');

  it('there are messages to speak of', () => {
    assert.ok(said.size > 100);
    assert.ok(said.has('Refresh'), 'a message known to be there is found');
  });

  for (const language of LANGUAGES) {
    const bundle = textsOf(`l10n/bundle.l10n.${language}.json`);
    const translated = textsOf(`package.nls.${language}.json`);

    it(`${language} has every message and none too many`, () => {
      assert.deepEqual(
        [...said].filter(text => !(text in bundle)),
        [],
        'missing',
      );
      assert.deepEqual(
        Object.keys(bundle).filter(text => !said.has(text)),
        [],
        'extra',
      );
    });

    it(`${language} has every text of the manifest and none too many`, () => {
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(manifest).sort());
    });

    it(`${language} keeps the holes of each message and leaves nothing empty`, () => {
      for (const [text, translation] of Object.entries(bundle)) {
        assert.deepEqual(holesOf(translation), holesOf(text), text);
        assert.notEqual(translation.trim(), '', text);
      }
    });

    it(`${language} keeps commands in links and settings in code`, () => {
      for (const [key, text] of Object.entries(manifest)) {
        const marks = (each: string) => (each.match(/\(command:[^)]*\)|`[^`]*`|#[\w.]+#/g) ?? []).sort();
        assert.deepEqual(marks(translated[key] ?? ''), marks(text), key);
      }
    });
  }
});
