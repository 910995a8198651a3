import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { slimmed } from '../../build/slimManifest.ts';
import { projectRoot } from '../host/project.ts';
import { LANGUAGES } from '../l10n/bundles.ts';

const MANIFEST = 'package.json';
const ENGLISH = 'package.nls.json';
const TEXTS = [ENGLISH, ...LANGUAGES.map(language => `package.nls.${language}.json`)];

const entry = (name: string, content: string) => ({
  name: `extension/${name}`,
  content: Buffer.from(content),
});

describe('the manifest in the package', () => {
  const source = (name: string) => readFileSync(join(projectRoot, name), 'utf8');
  const slim = slimmed([MANIFEST, ...TEXTS].map(name => entry(name, source(name))));
  const packaged = (name: string) =>
    slim.find(each => each.name === `extension/${name}`)?.content.toString('utf8') ?? assert.fail(name);

  it('says in every language what the source says, but for what builds it', () => {
    const { scripts, devDependencies, dependencies, allowScripts, ...kept } = JSON.parse(source(MANIFEST));
    assert.ok(scripts && devDependencies && allowScripts);
    for (const texts of TEXTS)
      assert.deepEqual(
        inWords(JSON.parse(packaged(MANIFEST)), JSON.parse(packaged(texts))),
        inWords(kept, JSON.parse(source(texts))),
      );
  });

  it('has no long name of a text left', () => {
    for (const name of Object.keys(JSON.parse(source(ENGLISH))))
      for (const file of [MANIFEST, ...TEXTS]) {
        if (file === MANIFEST) assert.ok(!packaged(file).includes(`%${name}%`), name);
        else assert.ok(!Object.hasOwn(JSON.parse(packaged(file)), name), name);
      }
  });

  it('keeps what looks like a name and is none, and files that are no JSON', () => {
    const files = [
      entry(MANIFEST, '{"a": "%x.y%", "b": "%z%", "c": ["100%", "%%", "% x.y %"], "scripts": {}}'),
      entry(ENGLISH, '{"x.y": "%x.y%"}'),
      entry('dist/a.json', '{ "scripts": "%x.y%" }'),
      entry('readme.md', '{ "a": 1 }'),
    ];
    assert.deepEqual(
      slimmed(files).map(({ content }) => content.toString('utf8')),
      [
        '{"a":"%0%","b":"%z%","c":["100%","%%","% x.y %"]}',
        '{"0":"%x.y%"}',
        '{"scripts":"%x.y%"}',
        '{ "a": 1 }',
      ],
    );
  });
});

/** A manifest with texts in place of their names, as VS Code reads it. */
function inWords(manifest: unknown, texts: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(manifest), (_name, value: unknown) => {
    const name = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return name === undefined ? value : (texts[name] ?? assert.fail(name));
  });
}
