import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

const [, threats = ''] = readFileSync('SECURITY.md', 'utf8').split(/^## Threats$/m);
/** What could go wrong, the code that keeps it from happening, and the tests of that. */
const rows = [...threats.matchAll(/^\| (?!threat |-)(.+?) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, threat = '', guards = '', tests = '']) => ({ threat, guards: linksIn(guards), tests: testsIn(tests) }),
);

function linksIn(cell: string): readonly string[] {
  return [...cell.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, name = '', path = '']) => {
    assert.ok(path.endsWith(name), `${name} is called as its file ${path}`);
    return path;
  });
}

/** `[file](path): “title”, “title”; [file](path): “title”` */
function testsIn(cell: string): readonly { readonly file: string; readonly titles: readonly string[] }[] {
  return cell.split('; ').map(part => {
    const [file = '', ...others] = linksIn(part);
    assert.deepEqual(others, [], part);
    return { file, titles: [...part.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title) };
  });
}

/** The titles of a file's tests; what a test is repeated with is `…`. */
function titlesIn(file: string): readonly string[] {
  const code = readFileSync(file, 'utf8');
  const calls = code.matchAll(/\bit\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g);
  return [...calls].map(([, plain, quoted, template = '']) => plain ?? quoted ?? withoutHoles(template));
}

/** Holes may hold braces of their own. */
function withoutHoles(template: string): string {
  let depth = 0;
  let title = '';
  for (let at = 0; at < template.length; at++) {
    const opens = template.startsWith('${', at);
    if (opens && depth === 0) title += '…';
    if (opens || (depth > 0 && template[at] === '{')) depth += 1;
    if (opens) at += 1;
    else if (depth > 0 && template[at] === '}') depth -= 1;
    else if (depth === 0) title += template[at];
  }
  return title;
}

describe('SECURITY.md', () => {
  it('has a row for each threat that was thought of', () => {
    assert.ok(rows.length >= 50, `${rows.length} rows`);
    assert.equal(new Set(rows.map(({ threat }) => threat)).size, rows.length);
  });

  for (const { threat, guards, tests } of rows) {
    it(`names code and tests that there are: ${threat}`, () => {
      assert.ok(guards.length > 0, 'no code keeps it out');
      for (const file of guards) assert.ok(existsSync(file), file);
      for (const { file, titles } of tests) {
        assert.ok(titles.length > 0, `no test of ${file} is named`);
        const known = titlesIn(file);
        for (const title of titles) assert.ok(known.includes(title), `${file} has no test “${title}”`);
      }
    });
  }
});
