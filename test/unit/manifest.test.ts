import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { SITUATIONS } from '../../src/core/quota/situation.ts';
import { commandIds } from '../../src/vscode/commands/commandIds.ts';
import { settingEntries } from '../../src/vscode/host/settingEntries.ts';
import { PANEL_NAMES, viewTypeOf } from '../../src/vscode/panels/panelNames.ts';
import type * as SituationKey from '../../src/vscode/views/situationKey.ts';
import { VIEW_IDS } from '../../src/vscode/views/viewIds.ts';
import type * as Views from '../../src/vscode/views/views.ts';
import { type SettingGroups, settingProperties } from '../manifest/settingProperties.ts';
import { ManualClock } from './support/manualClock.ts';
import { keyState } from './support/samples.ts';
import { messageOf, translationCalls } from './support/translationCalls.ts';
import { importWithStub, vscodeStub } from './support/vscodeStub.ts';

interface View {
  readonly id: string;
  readonly icon: string;
  readonly when?: string;
}

interface Manifest {
  readonly icon: string;
  readonly displayName: string;
  readonly description: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly keywords: readonly string[];
  readonly categories: readonly string[];
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly viewsContainers: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when?: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly configuration: SettingGroups<{ readonly scope?: string }>;
    readonly languageModelTools: readonly { readonly name: string; readonly toolReferenceName: string }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { icon, activationEvents, contributes } = manifest;
const phrases = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const sources = globSync('src/**/*.ts').map(file => ({ file, code: readFileSync(file, 'utf8') }));
const views = Object.values(contributes.views).flat();
const settings = new Set(Object.keys(settingEntries).map(name => `keyQuota.${name}`));
const situations: readonly string[] = SITUATIONS.map(each => `keyQuota.situation == ${each}`);
const ownCommands = new Set<string>(commandIds);

/** Every text in the manifest with the name it has there. */
function textsIn(value: unknown, name = ''): readonly (readonly [name: string, text: string])[] {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([own, each]) => textsIn(each, isList ? name : own));
}

function allIn(pattern: RegExp, where: string): string[] {
  return [...where.matchAll(pattern)].map(([, found = '']) => found);
}

describe('the manifest', () => {
  it('gives every command a title of its own', () => {
    const titles = contributes.commands.map(({ title }) => phrases[title.slice(1, -1)]);
    assert.equal(new Set(titles).size, commandIds.length);
  });

  it('has a phrase for every key, and no phrase without a key', () => {
    const keys = textsIn(manifest).flatMap(([, text]) => allIn(/^%(.+)%$/g, text));
    assert.deepEqual([...new Set(keys)].toSorted(), Object.keys(phrases).toSorted());
    for (const [key, phrase] of Object.entries(phrases)) assert.notEqual(phrase.trim(), '', key);
  });

  it('leaves no title or description to English alone', () => {
    const TRANSLATED = /^(?:title|name|displayName|contents|contextualTitle|\w*[dD]escriptions?)$/;
    // The name of a tool is what agents call it by.
    const tools = contributes.languageModelTools.map(({ name: _name, ...texts }) => texts);
    const { displayName, description } = manifest;
    const texts = textsIn({ displayName, description, ...contributes, languageModelTools: tools });
    const bare = texts.filter(([name, text]) => TRANSLATED.test(name) && !/^%.+%$/.test(text));
    assert.deepEqual(bare, []);
    assert.ok(texts.filter(([name]) => TRANSLATED.test(name)).length > 100);
  });

  it('asks for no newer VS Code than other editors are made of', () => {
    // Cursor, Windsurf and Kiro install nothing that asks for more; a test for a newer API is no reason to leave them.
    assert.deepEqual(manifest.engines, { vscode: '^1.105.0' });
  });

  it('is found by words in both languages, and by no more than the Marketplace takes', () => {
    const { keywords, categories } = manifest;
    // Two of 30 go to what the packager adds for tools.
    assert.ok(keywords.length <= 28, String(keywords.length));
    assert.equal(new Set(keywords).size, keywords.length);
    const chinese = keywords.filter(each => /\p{Script=Han}/u.test(each));
    assert.ok(chinese.length >= 8 && keywords.length - chinese.length >= 8);
    assert.deepEqual(categories, ['Visualization', 'AI', 'Other']);
  });

  it('has every picture it names', () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    for (const file of [icon, ...views.map(view => view.icon), ...containers.map(each => each.icon)]) {
      assert.ok(existsSync(file), file);
    }
  });

  it('lets no workspace have a say in any setting', () => {
    for (const [name, { scope }] of Object.entries(settingProperties(contributes.configuration))) {
      assert.equal(scope, 'application', name);
    }
  });
});

describe('views', () => {
  it('are contributed in the containers there are, and each is filled by the code', async () => {
    assert.deepEqual(
      views.map(({ id }) => id),
      [...VIEW_IDS],
    );
    const containers = Object.values(contributes.viewsContainers).flat();
    assert.deepEqual(Object.keys(contributes.views).toSorted(), containers.map(({ id }) => id).toSorted());
    const { Views: Shown } = await importWithStub<typeof Views>('vscode/views/views.ts');
    vscodeStub.handed = [];
    new Shown(new ManualClock()).dispose();
    const filled = vscodeStub.handed.flatMap(([to, id]) => (to === 'a view' ? [id] : []));
    assert.deepEqual(filled.toSorted(), [...VIEW_IDS].toSorted());
  });

  it('appear and speak by what the code says of all keys', async () => {
    const welcomes = contributes.viewsWelcome;
    for (const { view } of welcomes)
      assert.ok(
        VIEW_IDS.some(id => id === view),
        view,
      );
    for (const { when } of [...views, ...welcomes])
      assert.ok(when === undefined || situations.includes(when), when);

    const { SituationKey: Key } = await importWithStub<typeof SituationKey>('vscode/views/situationKey.ts');
    vscodeStub.handed = [];
    const key = new Key();
    for (const keys of [[], [], [keyState({ status: 'ok' })]]) key.setSituation(keys);
    assert.deepEqual(vscodeStub.handed, [
      ['a command', 'setContext', ['keyQuota.situation', 'noKeys']],
      ['a command', 'setContext', ['keyQuota.situation', 'fine']],
    ]);
  });

  it('that are panels wake the extension when VS Code has kept one', () => {
    assert.deepEqual(
      activationEvents.filter(event => event.startsWith('onWebviewPanel:')),
      PANEL_NAMES.map(name => `onWebviewPanel:${viewTypeOf(name)}`),
    );
  });
});

describe('the walkthrough', () => {
  it('ticks off what can happen', () => {
    for (const { completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      for (const event of completionEvents) {
        const [kind, name = ''] = event.split(':');
        if (kind === 'onCommand') assert.ok(ownCommands.has(name), event);
        else if (kind === 'onSettingChanged') assert.ok(settings.has(name), event);
        else assert.ok(kind === 'onContext' && situations.includes(name), event);
      }
    }
    assert.match(phrases['welcome.keys'] ?? '', new RegExp(`%23${contributes.walkthroughs[0]?.id}%22`));
  });
});

describe('texts of the manifest', () => {
  const all = Object.values(phrases).join('\n');

  it('point to settings, commands and tools that there are', () => {
    const tools = contributes.languageModelTools.map(({ toolReferenceName }) => toolReferenceName);
    for (const name of allIn(/#([\w.]+)#/g, all)) assert.ok(settings.has(name), name);
    for (const name of allIn(/`#(\w+)`/g, all)) assert.ok(tools.includes(name), name);
    const linked = allIn(/\(command:(keyQuota[\w.]+)/g, all);
    assert.ok(linked.length > 5);
    for (const name of linked) assert.ok(ownCommands.has(name), name);
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
