import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { RANGE_PRESETS } from '../../src/core/usage/rangePresets.ts';
import { WARNING_KINDS } from '../../src/core/warnings/warning.ts';
import { toolInputs } from '../../src/services/tools/toolInputs.ts';
import { commandIds } from '../../src/vscode/commands/commandIds.ts';
import { STATUS_BAR_STYLES, USUAL_LOOK } from '../../src/vscode/host/statusBarLook.ts';
import { type ToolName, toolNames } from '../../src/vscode/tools/toolNames.ts';

interface Tool {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly when?: string;
  readonly inputSchema: {
    readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  };
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly media: { readonly image: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly languageModelTools: readonly Tool[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly enum?: readonly string[]; readonly default?: unknown }>
      >;
    };
  };
}

const text = readFileSync('package.json', 'utf8');
const { activationEvents, contributes } = JSON.parse(text) as Manifest;
const phrases = readFileSync('package.nls.json', 'utf8');
const sources = globSync('src/**/*.ts').map(file => ({ file, code: readFileSync(file, 'utf8') }));
const code = sources.map(each => each.code).join('\n');
const settings = contributes.configuration.properties;
const views = Object.values(contributes.views)
  .flat()
  .map(({ id }) => id);
const panels = allIn(/type PanelName = ([^;]+);/g, code).flatMap(names => allIn(/'(\w+)'/g, names));
const situations = allIn(/type Situation = ([^;]+);/g, code).flatMap(names => allIn(/'(\w+)'/g, names));

function allIn(pattern: RegExp, where: string): string[] {
  return [...where.matchAll(pattern)].map(([, found = '']) => found);
}

describe('names in the manifest that code has to know', () => {
  it('views are filled by the code, each of them', () => {
    const filled = allIn(/(?:createTreeView|registerTreeDataProvider)(?:<\w+>)?\('([\w.]+)'/g, code);
    assert.deepEqual(filled.toSorted(), views.toSorted());
  });

  it('panels that VS Code keeps wake the extension', () => {
    const waking = activationEvents.filter(event => event.startsWith('onWebviewPanel:'));
    assert.deepEqual(
      waking,
      panels.map(name => `onWebviewPanel:keyQuota.${name}`),
    );
  });

  it('conditions name a setting, a view, or a state that the code sets', () => {
    const conditions = allIn(/"(?:when|enablement)": "([^"]+)"/g, text.replaceAll('\\"', ''));
    for (const condition of conditions) {
      for (const part of condition.split(' && ')) {
        const situation = /^keyQuota\.situation [!=]= (\w+)$/.exec(part)?.[1];
        const setting = /^config\.(keyQuota\.[\w.]+)$/.exec(part)?.[1];
        const isKnown =
          part === 'false' ||
          (situation !== undefined && situations.includes(situation)) ||
          (setting !== undefined && setting in settings) ||
          views.some(id => part === `view == ${id}`) ||
          /^viewItem =~ \//.test(part);
        assert.ok(isKnown, condition);
      }
    }
    assert.match(code, /executeCommand\('setContext', 'keyQuota\.situation'/);
  });

  it('what a line of the tree offers is hidden in the palette where it means nothing without one', () => {
    const hidden = (contributes.menus.commandPalette ?? []).map(({ command, when }) => [command, when]);
    assert.deepEqual(hidden.toSorted(), [
      ['keyQuota.copyValue', 'false'],
      ['keyQuota.listLogs', 'false'],
      ['keyQuota.refresh', 'false'],
      ['keyQuota.refreshAccountKey', 'false'],
    ]);
  });

  it('the walkthrough ticks off what can happen, and has its pictures', () => {
    for (const { media, completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      assert.ok(existsSync(media.image), media.image);
      for (const event of completionEvents) {
        const [kind, name = ''] = event.split(':');
        if (kind === 'onCommand')
          assert.ok(
            commandIds.some(id => id === name),
            event,
          );
        else if (kind === 'onSettingChanged') assert.ok(name in settings, event);
        else
          assert.ok(
            situations.some(each => event === `onContext:keyQuota.situation == ${each}`),
            event,
          );
      }
    }
    assert.match(phrases, new RegExp(`%23${contributes.walkthroughs[0]?.id}%22`));
  });

  it('texts point to settings, commands and tools that there are', () => {
    const tools = contributes.languageModelTools.map(({ toolReferenceName }) => toolReferenceName);
    for (const name of allIn(/#([\w.]+)#/g, phrases)) assert.ok(name in settings, name);
    for (const name of allIn(/`#(\w+)`/g, phrases)) assert.ok(tools.includes(name), name);
    const ours = allIn(/command:(keyQuota[\w.]+)/g, phrases);
    for (const name of ours)
      assert.ok(
        commandIds.some(id => id === name),
        name,
      );
  });
});

describe('names in code that the manifest has to know', () => {
  it('whatever is called keyQuota is contributed', () => {
    const known = new Set<string>([
      ...commandIds,
      ...views,
      ...views.map(id => `${id}.focus`),
      ...toolNames,
      ...Object.keys(settings),
      'keyQuota.situation',
      // The status bar item that speaks for all keys: VS Code remembers it by this.
      'keyQuota.main',
    ]);
    const named = allIn(
      /['"`(:](keyQuota[._][\w.]*\w)['"`),]/g,
      code.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, ''),
    );
    assert.ok(named.length > commandIds.length);
    for (const name of named) assert.ok(known.has(name), name);
  });

  it('settings are read and written where the test of their defaults looks', () => {
    for (const { file, code: own } of sources) {
      if (/getConfiguration\(/.test(own)) assert.match(file, /settings\.ts$/i);
    }
    for (const name of allIn(/section\.update\('([\w.]+)'/g, code)) {
      assert.ok(`keyQuota.${name}` in settings, name);
    }
  });
});

describe('choices in the manifest', () => {
  it('are those of the code', () => {
    assert.deepEqual(settings['keyQuota.statusBar.style']?.enum, STATUS_BAR_STYLES);
    assert.deepEqual(Object.keys(settings['keyQuota.warnings.kinds']?.default ?? {}), [...WARNING_KINDS]);
    const look = Object.entries(USUAL_LOOK).map(([name, usual]) => [`keyQuota.statusBar.${name}`, usual]);
    for (const [name, usual] of look) assert.equal(settings[String(name)]?.default, usual, String(name));
  });
});

describe('tools for agents', () => {
  const tools = contributes.languageModelTools;

  it('are the same on both sides, and off by the setting', () => {
    assert.deepEqual(
      tools.map(({ name }) => name),
      [...toolNames],
    );
    for (const { name, when } of tools) {
      assert.equal(when, 'config.keyQuota.agents.enabled', name);
    }
  });

  it('read every input that they are described with, and no other', () => {
    for (const { name, inputSchema } of tools) {
      assert.deepEqual(
        Object.keys(toolInputs[name as ToolName]).toSorted(),
        Object.keys(inputSchema.properties).toSorted(),
        name,
      );
      const ranges = inputSchema.properties.range?.enum;
      if (ranges) assert.deepEqual(ranges, RANGE_PRESETS);
    }
  });
});
