import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import * as whole from 'js-yaml';
import { after, before, describe, it } from 'mocha';
import { slimYaml } from '../../build/slimYaml.ts';
import { projectRoot } from '../host/project.ts';
import { removeTempFolders, tempFolder } from './support/folders.ts';

/** Every kind of node, tag and number, and what is no YAML. */
const TEXTS = [
  "text: a\n\"quoted\\t\\u00e9\": 'it''s'\nnumbers: [1, -2, 0x1f, 0o17, 1.5e3, .inf, -.Inf, .nan]",
  'is: [true, False, null, ~, , yes]\n? [a, b]\n: complex\n? key\n',
  'literal: |\n  a\n   b\n\nfolded: >-\n  a\n  b\n\n  c\nkept: |+\n  a\n\n',
  'a: &anchor\n  b: 1\nc: *anchor\nd:\n  <<: *anchor',
  '!!str 1\n',
  '!!binary aGVsbG8=',
  '!unknown {a: 1}',
  '2026-11-30',
  '%YAML 1.2\n---\n- a\n-  - b\n   - c\n# comment\n...\n',
  '--- 1\n--- 2\n',
  'a: 1\na: 2\n',
  '__proto__: 1\nconstructor: {a: 1}\n',
  'a:\n\t- tab',
  '{a: [1, 2}',
  '"\\q"',
  'a: \u0001',
  '',
];

describe('the YAML that is built in', () => {
  let code: string;
  let load: typeof whole.load;

  before(async () => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: `export { load } from 'js-yaml';`, resolveDir: projectRoot },
      bundle: true,
      write: false,
      format: 'esm',
      minifySyntax: true,
      plugins: [slimYaml],
    });
    code = outputFiles[0]?.text ?? '';
    const file = join(tempFolder(), 'load.mjs');
    writeFileSync(file, code);
    ({ load } = (await import(pathToFileURL(file).href)) as typeof whole);
  });
  after(removeTempFolders);

  it('reads what the whole library reads, and refuses what that refuses', () => {
    const files = globSync('{deploy,docs,test}/**/*.{yml,yaml}', { cwd: projectRoot });
    assert.ok(files.length > 0);
    for (const text of [...TEXTS, ...files.map(file => readFileSync(join(projectRoot, file), 'utf8'))])
      for (const options of [{}, { maxAliases: 0 }])
        assert.deepEqual(told(load, text, options), told(whole.load, text, options), text);
  });

  it('has no writer in it, nor the schemas of older versions', () => {
    for (const word of ['tag:yaml.org,2002:omap', 'flowLevel']) {
      assert.ok(readFileSync('node_modules/js-yaml/dist/js-yaml.mjs', 'utf8').includes(word));
      assert.ok(!code.includes(word), word);
    }
  });
});

/** What a text holds, or why it is refused. */
function told(load: typeof whole.load, text: string, options: whole.LoadOptions): unknown {
  try {
    return { holds: load(text, options) };
  } catch (error) {
    return { refused: error instanceof Error ? [error.name, error.message] : error };
  }
}
