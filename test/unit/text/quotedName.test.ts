import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { quotedName } from '../../../src/text/quotedName.ts';
import { quotedDoubt } from '../../../src/text/review/reviewDoubts.ts';
import { LANGUAGES, textsOf } from '../../l10n/bundles.ts';

describe('names in quotation marks', () => {
  afterEach(() => setDisplayLanguage('en'));

  it('have those of the sentences of each language, so that a doubt of several keys is said once', () => {
    assert.equal(quotedName('Cline'), '“Cline”');
    for (const language of LANGUAGES) {
      const texts = textsOf(`l10n/bundle.l10n.${language}.json`);
      setDisplayLanguage(language, texts);
      const sentence = (name: string) => texts['already here, as “{0}”']?.replace('{0}', name) ?? '';
      const quoted = sentence('Cline').match(/[“「].*[”」]/)?.[0];
      assert.equal(quotedName('Cline'), quoted);
      assert.equal(
        quotedDoubt('Cline', sentence('Cline')).text(['Cline', 'Roo']),
        sentence('Cline').replace(quoted ?? '', `${quoted}、${quoted?.replace('Cline', 'Roo')}`),
      );
    }
  });
});
