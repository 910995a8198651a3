import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { commandIds } from '../../src/vscode/commands/commandIds.ts';
import { TOOLTIP_COMMANDS } from '../../src/vscode/views/tooltip.ts';
import { messageOf, translationCalls } from './support/translationCalls.ts';

interface Menu {
  readonly command: string;
  readonly when?: string;
}

interface Property {
  readonly scope?: string;
  readonly default?: unknown;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly {
      command: string;
      title: string;
      category: string;
      enablement?: string;
    }[];
    readonly viewsContainers: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

const text = readFileSync('package.json', 'utf8');
const { icon, contributes } = JSON.parse(text) as Manifest;
const phrases = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const sources = globSync('src/**/*.ts').map(file => ({ file, code: readFileSync(file, 'utf8') }));
const properties = contributes.configuration.properties;
const views = Object.values(contributes.views).flat();
const menus = Object.values(contributes.menus).flat();

describe('the manifest', () => {
  it('contributes every command that is registered, and no other', () => {
    const contributed = contributes.commands.map(({ command }) => command);
    assert.deepEqual(contributed.toSorted(), commandIds.toSorted());
  });

  it('hides no command because we do not run yet, only without keys', () => {
    const conditions = contributes.commands.map(({ enablement }) => enablement);
    assert.deepEqual(new Set(conditions), new Set([undefined, 'keyQuota.situation != noKeys']));
  });

  it('gives every command a title of its own and the same category', () => {
    const titles = contributes.commands.map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length);
    assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(['Key Quota']));
  });

  it('names only commands and views that exist', () => {
    const commands = new Set<string>([...commandIds, ...views.map(({ id }) => `${id}.focus`)]);
    const named = [
      ...menus.map(({ command }) => command),
      ...TOOLTIP_COMMANDS,
      ...contributes.viewsWelcome.flatMap(({ contents }) =>
        [...said(contents).matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id ?? ''),
      ),
    ];
    for (const command of named) assert.ok(commands.has(command), command);

    const ids = new Set(views.map(({ id }) => id));
    const seen = menus.flatMap(({ when = '' }) =>
      [...when.matchAll(/view == ([\w.]+)/g)].map(([, id]) => id),
    );
    for (const id of [...seen, ...contributes.viewsWelcome.map(({ view }) => view)]) {
      assert.ok(id !== undefined && ids.has(id), id);
    }
    const containers = Object.values(contributes.viewsContainers).flat();
    assert.deepEqual(Object.keys(contributes.views).toSorted(), containers.map(({ id }) => id).toSorted());
  });

  it('looks in the tree only for words that the tree says', () => {
    const words = menus.flatMap(({ when = '' }) =>
      [...when.matchAll(/viewItem =~ \/(.*?)\//g)].flatMap(([, pattern = '']) =>
        pattern.replaceAll('\\b', ' ').match(/[a-zA-Z-]+/g),
      ),
    );
    assert.ok(words.length > 0);
    const tree = sources.filter(({ file }) => /vscode\/(?:tree|views)\//.test(file)).map(({ code }) => code);
    for (const word of words) {
      const whole = new RegExp(`['\` ]${word?.replace(/^can-/, '')}[' \`]`);
      assert.ok(
        tree.some(code => whole.test(code)),
        String(word),
      );
    }
  });

  it('has a phrase for every key, and no phrase without a key', () => {
    const keys = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(keys)].toSorted(), Object.keys(phrases).toSorted());
    for (const [key, phrase] of Object.entries(phrases)) assert.notEqual(phrase.trim(), '', key);
  });

  it('leaves no title or description to English alone', () => {
    const bare = text.match(
      /"(?:title|description|markdownDescription|contextualTitle|contents)": "(?!%).*/g,
    );
    assert.equal(bare, null);
  });

  it('has every picture it names', () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    for (const file of [icon, ...views.map(view => view.icon), ...containers.map(each => each.icon)]) {
      assert.ok(existsSync(file), file);
    }
  });
});

describe('settings', () => {
  it('are never taken from a workspace: none may name an origin or a unit there', () => {
    for (const [name, { scope }] of Object.entries(properties)) {
      assert.ok(scope === 'application' || scope === 'machine', `${name}: ${scope}`);
    }
    assert.equal(properties['keyQuota.gateways']?.scope, 'application');
  });

  it('are read by the code, each with the default it is described with', () => {
    const code = sources.flatMap(each => (/settings\.ts$/i.test(each.file) ? [each.code] : [])).join('\n');
    const read = [...code.matchAll(/(?:section\.get<[^;]*?>|numberIn)\('([\w.]+)', (\[[^\]]*\]|[^),]*)/g)];
    const names = new Set(read.map(([, name]) => `keyQuota.${name}`));
    assert.deepEqual([...names].toSorted(), Object.keys(properties).toSorted());
    for (const [, name, fallback = ''] of read) {
      const described = properties[`keyQuota.${name}`]?.default;
      if (fallback !== '{}') assert.deepEqual(JSON.parse(fallback.replaceAll("'", '"')), described, name);
    }
  });
});

describe('messages', () => {
  const calls = sources.flatMap(({ file, code }) => translationCalls(file, code));

  it('are literals, so that they can be collected for translation', () => {
    assert.ok(calls.length > 100);
    const made = calls
      .filter(call => messageOf(call) === undefined)
      .map(({ file, args }) => `${file}: ${args[0]}`);
    assert.deepEqual(made, []);
  });

  it('have a hole for each argument, numbered from 0, and no space at their ends', () => {
    for (const call of calls) {
      const message = messageOf(call);
      if (message === undefined) continue;
      const holes = [...message.matchAll(/\{([^}]*)\}/g)].map(([, hole]) => hole);
      const numbers = Array.from({ length: call.args.length - 1 }, (_, index) => String(index));
      assert.deepEqual([...new Set(holes)].toSorted(), numbers, `${call.file}: ${message}`);
      // What stands between the parts of a sentence is nothing but that.
      if (message !== ', ') assert.equal(message.trim(), message);
    }
  });
});

function said(contents: string): string {
  return contents.replace(/^%(.+)%$/, (_all, key: string) => phrases[key] ?? '');
}
