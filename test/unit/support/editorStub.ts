/** VS Code as the whole extension sees it when it starts, without one around it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Listener = (what: unknown) => void;
const noop = () => undefined;
const disposable = { dispose: noop };
const event = () => disposable;

/** A proxy on which every member exists and does nothing. */
function silent(own: Record<string, unknown> = {}): Record<string, unknown> {
  return new Proxy(own, {
    get: (members, name) => (name in members || name === 'then' ? Reflect.get(members, name) : event),
  });
}

function classWith(...members: string[]): unknown {
  return class {
    constructor(...args: unknown[]) {
      for (const [at, member] of members.entries()) Reflect.set(this, member, args[at]);
    }
  };
}

class EventEmitter {
  readonly #listeners = new Set<Listener>();
  readonly event = (listener: Listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(what: unknown): void {
    for (const listener of this.#listeners) listener(what);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export interface EditorStub {
  /** What `vscode` exports. */
  readonly vscode: Record<string, Record<string, unknown>>;
  readonly commands: Map<string, (argument: unknown) => unknown>;
  /** Every notification, and every line of the log. */
  readonly notifications: string[];
  readonly log: string[];
  readonly clipboard: { text: string };
  /** The button that a person presses in every notification and question that has it; none where it is not set. */
  pressed?: string;
  /** What happened, in its order: VS Code has applied a context key, a secret was read. */
  readonly events: ('context applied' | 'secret read')[];
}

/** An editor with every API that the extension uses when it starts. */
export function editorStub(): EditorStub {
  const commands: EditorStub['commands'] = new Map();
  const notifications: string[] = [];
  const log: string[] = [];
  const say = async (message: string, ...rest: readonly unknown[]) => {
    notifications.push(message);
    return rest.find(button => button === stub.pressed);
  };
  const write = (line: string) => log.push(line);
  const clipboard = { text: '' };
  const events: EditorStub['events'] = [];
  const vscode = {
    StatusBarAlignment: { Left: 1, Right: 2 },
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    ProgressLocation: { Notification: 15 },
    ViewColumn: { Active: -1 },
    QuickPickItemKind: { Separator: -1 },
    UIKind: { Desktop: 1, Web: 2 },
    ThemeColor: classWith('id'),
    ThemeIcon: classWith('id', 'color'),
    MarkdownString: classWith('value', 'supportThemeIcons'),
    TreeItem: classWith('label', 'collapsibleState'),
    EventEmitter,
    Disposable: {
      from: (...all: { dispose(): void }[]) => ({
        dispose() {
          for (const each of all) each.dispose();
        },
      }),
    },
    Uri: { file: (path: string) => ({ scheme: 'file', fsPath: path, path }) },
    l10n: {
      t: (message: string, ...args: readonly string[]) =>
        message.replace(/\{(\d+)\}/g, (hole, at: string) => args[Number(at)] ?? hole),
    },
    env: {
      language: 'en',
      uiKind: 1,
      clipboard: {
        readText: async () => clipboard.text,
        writeText: async (text: string) => {
          clipboard.text = text;
        },
      },
    },
    lm: { registerTool: event },
    commands: {
      registerCommand: (id: string, work: (argument: unknown) => unknown) => {
        commands.set(id, work);
        return disposable;
      },
      executeCommand: async (id: string) => {
        // Like VS Code's window, which draws before it answers.
        await new Promise(resolve => setTimeout(resolve, 50));
        if (id === 'setContext') events.push('context applied');
      },
    },
    workspace: {
      workspaceFolders: [],
      getConfiguration: () => ({ get: (_name: string, usual?: unknown) => usual }),
      onDidChangeConfiguration: event,
      fs: silent(),
    },
    window: {
      state: { focused: true },
      onDidChangeWindowState: event,
      createStatusBarItem: () => silent(),
      createTreeView: () => silent({ visible: true }),
      createOutputChannel: () => ({
        ...Object.fromEntries(['info', 'warn', 'debug', 'error', 'appendLine'].map(level => [level, write])),
        show: noop,
        dispose: noop,
      }),
      createWebviewPanel: () => silent({ webview: silent() }),
      registerTreeDataProvider: event,
      registerUriHandler: event,
      registerWebviewPanelSerializer: event,
      setStatusBarMessage: event,
      showInformationMessage: say,
      showWarningMessage: say,
      showErrorMessage: say,
      withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
        work({ report: noop }, { onCancellationRequested: event }),
    },
  } as unknown as EditorStub['vscode'];
  const stub: EditorStub = { vscode, commands, notifications, log, clipboard, events };
  return stub;
}

/** Makes this editor the module `vscode` for everything that is loaded from now on, by `import` or `require`. */
export function provideEditor({ vscode }: EditorStub): void {
  Reflect.set(globalThis, 'editorOfTests', vscode);
  const required = join(mkdtempSync(join(tmpdir(), 'key-quota-')), 'vscode.cjs');
  writeFileSync(required, 'module.exports = globalThis.editorOfTests;');
  const exports = Object.keys(vscode).map(name => `export const ${name} = globalThis.editorOfTests.${name};`);
  const imported = `data:text/javascript,${encodeURIComponent(exports.join('\n'))}`;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== 'vscode') return next(specifier, context);
      const isRequired = context.conditions.includes('require');
      return { url: isRequired ? pathToFileURL(required).href : imported, shortCircuit: true };
    },
  });
}
