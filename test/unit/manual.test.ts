import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { COVERAGE_REASONS } from '../../src/core/usage/coverage.ts';
import { WARNING_KINDS } from '../../src/core/warnings/warning.ts';
import { gateways } from '../../src/gateways/registry.ts';
import { type SettingGroups, settingProperties } from '../manifest/settingProperties.ts';

interface Property {
  readonly default?: unknown;
  readonly additionalProperties?: { readonly properties?: Readonly<Record<string, unknown>> };
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: SettingGroups<Property>;
    readonly languageModelTools: readonly { readonly name: string }[];
  };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { contributes, ...manifest } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const phrases = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const settings = settingProperties(contributes.configuration);

function page(name: string): string {
  return readFileSync(`docs/${name}.md`, 'utf8');
}

/** The rows of a page's tables, cell by cell. */
function rowsOf(name: string): readonly (readonly string[])[] {
  const lines = [...page(name).matchAll(/^\| (?!-)(.+) \|$/gm)].map(([, line = '']) => line);
  return lines.map(line => line.split(/(?<!\\) ?\| /));
}

describe('the manual', () => {
  it('has every command by the name it has in the palette, with its argument, and no other', () => {
    const rows = rowsOf('commands').slice(1);
    const titles = new Set(rows.flatMap(([names = '']) => names.replaceAll(' †', '').split(', ')));
    const called = new Set(rows.flatMap(row => row[2]?.match(/keyQuota\.\w+/g) ?? []));
    assert.deepEqual(
      [...titles].toSorted(),
      contributes.commands.map(({ title }) => phrases[title.replaceAll('%', '')] ?? title).toSorted(),
    );
    assert.deepEqual([...called].toSorted(), contributes.commands.map(({ command }) => command).toSorted());
    const marked = rows.flatMap(([names = '']) => names.split(', ').filter(name => name.endsWith(' †')));
    const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false');
    assert.deepEqual(
      marked.toSorted(),
      hidden.map(({ command }) => `${phrases[command.replace('keyQuota', 'command')]} †`).toSorted(),
    );
  });

  it('has every setting, with its default, and no other', () => {
    const rows = rowsOf('settings').filter(([name]) => name?.startsWith('`keyQuota.'));
    const said = new Map(rows.map(([name = '', usual = '']) => [name.replaceAll('`', ''), usual]));
    assert.deepEqual([...said.keys()].toSorted(), Object.keys(settings).toSorted());
    for (const [name, { default: usual }] of Object.entries(settings)) {
      if (typeof usual === 'object' && usual !== null && name !== 'keyQuota.gateways') {
        const figures = JSON.stringify(usual).match(/[\d.]+/g) ?? [];
        if (figures.length > 0) assert.deepEqual(said.get(name)?.match(/[\d.]+/g), figures, name);
      } else if (name !== 'keyQuota.gateways') {
        assert.equal(said.get(name)?.replaceAll('`', ''), usual === null ? '' : String(usual), name);
      }
    }
  });

  it('has all that can be said about one gateway', () => {
    const { properties = {} } = settings['keyQuota.gateways']?.additionalProperties ?? {};
    const said = rowsOf('settings').flatMap(([names = '']) => names.replaceAll('`', '').split(', '));
    for (const name of Object.keys(properties)) assert.ok(said.includes(name), name);
    // The settings editor shows that text alone.
    const phrases = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    for (const name of Object.keys(properties))
      assert.ok(phrases['setting.gateways']?.includes(`\`${name}\``), name);
  });

  it('has every reason why figures are not complete, and every kind of warning', () => {
    const row = (of: string, name: string) =>
      page(of)
        .split('\n')
        .find(line => line.startsWith(`| \`${name}\` |`)) ?? '';
    const reasons = row('usage-reports', 'coverage')
      .split('`reason` is')[1]
      ?.match(/[\w-]+(?=`)/g);
    assert.deepEqual(reasons, [...COVERAGE_REASONS]);
    const kinds = row('settings', 'keyQuota.warnings.kinds')
      .split('what to warn about')[1]
      ?.match(/\w+(?=`)/g);
    assert.deepEqual(kinds, [...WARNING_KINDS]);
  });

  it('has every tool for agents', () => {
    const said = page('agents-and-extensions');
    for (const { name } of contributes.languageModelTools) assert.ok(said.includes(`\`${name}\``), name);
  });

  it('has every script and every dependency with its reason, and none that is not there', () => {
    const rows = rowsOf('scripts-and-dependencies').filter(row => row.length === 2 && row[1] !== '');
    const names = rows
      .flatMap(([first = '']) => first.match(/`([^`]+)`/g) ?? [])
      .map(name => name.slice(1, -1));
    const scripts = rows.flatMap(row => row.join(' ').match(/`(?:npm (?:run )?)?[\w:]+`/g) ?? []);
    for (const script of Object.keys(manifest.scripts)) {
      const isSaid = scripts.some(each => new RegExp(`^\`(?:npm (?:run )?)?${script}\`$`).test(each));
      assert.ok(isSaid, script);
    }
    for (const name of names) {
      const script = /^npm (?:run )?([\w:]+)/.exec(name)?.[1];
      if (script !== undefined) assert.ok(script in manifest.scripts, name);
    }
    const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const known = names.filter(name => !name.startsWith('npm '));
    const isNamed = (name: string) =>
      known.includes(name) || (/^@types\//.test(name) && known.includes('@types/*'));
    for (const name of packages) assert.ok(isNamed(name), name);
    for (const name of known) assert.ok(name === '@types/*' || packages.includes(name), name);
  });

  it('names only source files that there are', () => {
    const sources = globSync('{src,test,build}/**/*.{ts,js}').map(file => `/${file}`);
    const named = globSync('{CONTRIBUTING,docs/*,docs/decisions/*}.md').flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/`([\w./]+\.ts)`/g)].map(([, name = '']) => `${file}: ${name}`),
    );
    assert.ok(named.length > 200, String(named.length));
    // The gateway that a page adds as an example is not there.
    const missing = named.filter(each => {
      const name = each.slice(each.indexOf(' ') + 1);
      return !/meter/i.test(name) && !sources.some(source => source.endsWith(`/${name}`));
    });
    assert.deepEqual(missing, []);
  });

  it('points only to files and headings that there are', () => {
    const files = globSync('{*,docs/*,docs/decisions/*}.md');
    assert.ok(files.includes('README.md'));
    for (const file of files) {
      const links = readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)/g);
      for (const [, path = '', heading] of links) {
        const target = path === '' ? file : join(dirname(file), path);
        assert.ok(existsSync(target), `${file}: ${path}`);
        if (heading !== undefined) assert.ok(headingsOf(target).includes(heading), `${file}: #${heading}`);
      }
    }
  });
});

const READMES = [
  ['README.md', 'package.nls.json', 'README.zh-CN.md'],
  ['README.zh-CN.md', 'package.nls.zh-cn.json', 'README.md'],
] as const;

for (const [file, texts, other] of READMES) {
  describe(`the page ${file}`, () => {
    const readme = readFileSync(file, 'utf8');

    it('is short, since it is read before anything is installed', () => {
      assert.ok(Buffer.byteLength(readme) <= 9000);
    });

    it('names every kind of gateway', () => {
      for (const { title } of gateways) assert.ok(readme.includes(title), title);
    });

    it('leads to every page of the manual, and to itself in the other language', () => {
      for (const name of ['commands', 'settings', 'keys', 'usage-reports', 'warnings', 'gateways'])
        assert.ok(readme.includes(`](docs/${name}.md)`), name);
      assert.ok(readme.includes(`](${other})`));
    });

    it('has the same links and as many sections as the page in the other language', () => {
      const parts = (text: string) => ({
        links: [
          ...new Set([...text.matchAll(/\]\((docs[^)]+|media[^)]+)\)/g)].map(([, to]) => to)),
        ].toSorted(),
        sections: text.match(/^## /gm)?.length,
        questions: text.match(/^\*\*.+[?？.。]\*\*/gm)?.length,
      });
      assert.deepEqual(parts(readme), parts(readFileSync(other, 'utf8')));
    });

    it('has four pictures, two in a dark theme and two in a light one, that are not in the package', () => {
      const pictures = [...readme.matchAll(/!\[(.+)\]\((.+)\)/g)].map(([, , path = '']) => path);
      const inTheme = (theme: string) => pictures.filter(path => path.endsWith(`-${theme}.png`)).length;
      assert.deepEqual([inTheme('dark'), inTheme('light'), pictures.length], [2, 2, 4]);
      assert.deepEqual(pictures.toSorted(), globSync('media/readme/*').toSorted());
      const [first, ...kept] = readFileSync('.vscodeignore', 'utf8').trim().split('\n');
      assert.equal(first, '**');
      assert.ok(!kept.some(line => line.includes('*.png') || line.includes('media/readme')));
    });

    it('calls commands as they are called', () => {
      const titles = new Set(
        Object.values(JSON.parse(readFileSync(texts, 'utf8')) as Record<string, string>),
      );
      const said = [...readme.matchAll(/(?:\*\*|\*|“)([^*“”]+…)(?:\*\*|\*|”)/g)].map(
        ([, title = '']) => title,
      );
      const others = ['Welcome: Open Walkthrough…'];
      assert.ok(said.length >= 5);
      for (const title of said) assert.ok(titles.has(title) || others.includes(title), title);
    });
  });
}

/** The headings of a page, as links name them. */
function headingsOf(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
