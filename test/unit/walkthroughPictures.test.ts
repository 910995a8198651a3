import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { inLanguage, writeWalkthroughPictures } from '../../build/walkthroughPictures.ts';
import project from '../../package.json' with { type: 'json' };
import { LANGUAGES, textsOf } from '../l10n/bundles.ts';
import { removeTempFolders, tempFolder } from './support/folders.ts';

const steps = project.contributes.walkthroughs.flatMap(walkthrough => walkthrough.steps);

describe('pictures of the walkthrough', () => {
  let folder: string;

  before(() => {
    folder = tempFolder();
    writeWalkthroughPictures(folder);
  });
  after(removeTempFolders);

  for (const language of ['en', ...LANGUAGES])
    it(`are there for each step in ${language}, small, and say what they show`, () => {
      const texts = textsOf(language === 'en' ? 'package.nls.json' : `package.nls.${language}.json`);
      for (const { id, media } of steps) {
        const path = texts[media.svg.replaceAll('%', '')] ?? '';
        assert.equal(path, `dist/walkthrough/${id}.${language}.svg`);
        const picture = readFileSync(join(folder, path.replace('dist/', '')), 'utf8');
        assert.ok(Buffer.byteLength(picture) <= 3000, path);
        const altText = texts[media.altText.replaceAll('%', '')] ?? '';
        assert.ok(altText !== '' && picture.includes(`<title>${altText}</title>`), path);
        assert.doesNotMatch(picture, /[{}%]/, path);
      }
    });

  it('take all colors from the theme, and no style that VS Code does not let in', () => {
    for (const file of globSync('media/walkthrough/*.svg')) {
      const picture = readFileSync(file, 'utf8');
      assert.doesNotMatch(picture, /<style|style=|<script|<image|href="[^#]/, file);
      for (const [, color = ''] of picture.matchAll(/(?:fill|stroke)="([^"]+)"/g))
        assert.match(color, /^(?:none|var\(--vscode-[\w-]+(?:,.+)?\))$/, file);
    }
  });

  it('have messages of the code in the language, with what stands in their holes', () => {
    const texts = { '“{0}” is low: {1} left.': '“{0}”偏低：剩余 {1} <' };
    const picture = '<text>{{“{0}” is low: {1} left.|Roo|$0.61}}</text>\n  <title>%a.b%</title>';
    assert.equal(
      inLanguage(picture, { 'a.b': 'R&D' }, texts),
      '<text>“Roo”偏低：剩余 $0.61 &lt;</text><title>R&amp;D</title>',
    );
    assert.equal(inLanguage('<text>{{{0} left|$1}}</text>', {}, undefined), '<text>$1 left</text>');
    assert.throws(() => inLanguage('{{Show}}', {}, {}), /without translation: Show/);
    assert.throws(() => inLanguage('%a.b%', {}, {}), /without translation: a\.b/);
  });
});
