import { registerHooks } from 'node:module';

/** What a stand-in for a person does when asked: each function gets what VS Code was told, and returns an answer. */
export interface Person {
  /** Notifications and questions: the button pressed, by its text. */
  readonly asked?: (message: string, detail: string, buttons: readonly string[]) => string | undefined;
  /** Input boxes: the text entered. */
  readonly typed?: (prompt: string, value: string, password: boolean) => string | undefined;
  /** Quick picks: the label picked, or several where several may be; none of them is an answer there too. */
  readonly picked?: (
    title: string,
    labels: readonly string[],
    ticked?: readonly string[],
  ) => string | readonly string[] | undefined;
  /** Dialogs that ask for a folder: its path; undefined closes the dialog. */
  readonly folder?: () => string | undefined;
}

/** The answer of a person who presses Back; `‹Change Address›` and the like for other buttons of a box. */
export const BACK_PRESSED = '‹back›';

/** A list that stays open while its lines change. */
interface OpenQuickPick {
  readonly items: readonly ShownLine[];
  readonly activeItems: readonly ShownLine[];
  hide(): void;
  /** Takes the line of this id, as Enter does. */
  choose(id: string): void;
  /** The same for the line of this label. */
  take(label: string): void;
  /** Moves to the line of this label, without taking it. */
  moveTo(label: string): void;
  /** Types into the field above the lines. */
  type(text: string): void;
}

interface ShownLine {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** VS Code as commands see it in tests without it: one person, and one clipboard. */
export interface VscodeStub {
  person: Person;
  clipboard: string;
  /** Lists that stay open, the last one last; "hide" closes one. */
  picks: OpenQuickPick[];
  /** The lines of every other list. */
  lists: (readonly ShownLine[])[];
  /** Every text that was shown to the person. */
  shown: string[];
  /** Whatever else was handed to VS Code: by what it was handed to, its member, and what it was set to or called with. */
  handed: (readonly [to: string, member: string, what: unknown])[];
  /** What the person's settings file says, by name without the section; VS Code lets any value pass. */
  settings: Readonly<Record<string, unknown>>;
  /** Whether the window has the focus; undefined in an editor that does not say. */
  focused?: boolean;
  active?: boolean;
  /** Tells of a change of that. */
  changeFocus: (focused: boolean) => void;
  /** The translations of the display language; none in English. */
  bundle?: Readonly<Record<string, unknown>>;
  /** What exists in foreign file systems, by path. */
  existing: ReadonlySet<string>;
  /** What the window is connected to, and whether it is on a desktop (1) or in a browser (2). */
  remoteName?: string;
  /** The kind of the theme, as VS Code numbers them; dark when absent. */
  themeKind?: number;
  uiKind?: number;
  /** Whether the extension runs beside the window, and not on the machine that this is connected to. */
  runsBesideWindow?: boolean;
  /** Commands that fail. */
  failing: ReadonlySet<string>;
  /** Who is told of a change of settings. */
  readonly settingsListeners: Set<(event: { affectsConfiguration(section: string): boolean }) => void>;
  /** The names of all settings that were asked for. */
  readonly settingsRead: Set<string>;
  /** While it is set, the clipboard and foreign file systems wait for it before they do anything. */
  silence?: Promise<void>;
}

const STUB = Symbol.for('keyQuota.vscodeStub');

/** The one that all modules of this process share, because each imports `vscode` once only. */
export const vscodeStub: VscodeStub = {
  person: {},
  clipboard: '',
  picks: [],
  lists: [],
  shown: [],
  handed: [],
  settings: {},
  settingsListeners: new Set(),
  changeFocus: () => undefined,
  existing: new Set(),
  failing: new Set(),
  settingsRead: new Set(),
};
Reflect.set(globalThis, STUB, vscodeStub);

const SOURCE = `
  const BACK_PRESSED = '${BACK_PRESSED}';
  const stub = globalThis[Symbol.for('keyQuota.vscodeStub')];
  const never = { onCancellationRequested: () => ({ dispose() {} }) };
  const show = async (message, ...rest) => {
    const options = typeof rest[0] === 'object' && !('title' in rest[0]) ? rest.shift() : {};
    stub.shown.push(message, options.detail ?? '', ...rest.map(item => item.title ?? item));
    return stub.person.asked?.(message, options.detail ?? '', rest);
  };
  const named = members => class { constructor(...args) { members.forEach((name, at) => { this[name] = args[at]; }); } };
  const recorder = (to, usual = {}) => new Proxy(usual, {
    set: (own, member, what) => { stub.handed.push([to, String(member), what]); own[member] = what; return true; },
    get: (own, member) => member in own || member === 'then' ? own[member] : (...args) => {
      stub.handed.push([to, String(member), args]);
      return member.startsWith('onDid') ? { dispose() {} } : stub.silence;
    },
  });
  export const StatusBarAlignment = { Left: 1, Right: 2 };
  export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
  export const ViewColumn = { Active: -1 };
  export const ColorThemeKind = { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 };
  export const QuickPickItemKind = { Separator: -1 };
  export class CancellationError extends Error {}
  export class DataTransferItem { constructor(value) { this.value = value; } async asString() { return String(this.value); } }
  export const ThemeColor = named(['id']);
  export const MarkdownString = named(['value', 'supportThemeIcons']);
  export const TreeItem = named(['label', 'collapsibleState']);
  export const LanguageModelToolResult = named(['content']);
  export const LanguageModelTextPart = named(['value']);
  export const Uri = {
    file: path => ({ scheme: 'file', fsPath: path, path }),
    parse: text => ({ scheme: text.split(':')[0], path: text }),
    joinPath: (uri, ...parts) => ({
      ...uri,
      path: [uri.path, ...parts].join('/'),
      ...(uri.fsPath !== undefined && { fsPath: [uri.fsPath, ...parts].join('/') }),
    }),
  };
  export const Disposable = { from: (...all) => ({ dispose() { for (const one of all) one.dispose(); } }) };
  export const l10n = { get bundle() { return stub.bundle; } };
  export const QuickInputButtons = { Back: {} };
  export const ProgressLocation = { Notification: 15 };
  export const ConfigurationTarget = { Global: 1 };
  export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };
  export class ThemeIcon { constructor(id, color) { this.id = id; this.color = color; } }
  export class EventEmitter {
    #listeners = new Set();
    event = listener => { this.#listeners.add(listener); return { dispose: () => this.#listeners.delete(listener) }; };
    fire(what) { for (const listener of this.#listeners) listener(what); }
    dispose() { this.#listeners.clear(); }
  }
  export const version = '1.2.3';
  export const ExtensionKind = { UI: 1, Workspace: 2 };
  export const UIKind = { Desktop: 1, Web: 2 };
  export const extensions = {
    getExtension: id => (id === 'key-quota.key-quota' ? { packageJSON: { version: '9.9.9' }, extensionKind: stub.runsBesideWindow ? 1 : 2 } : undefined),
  };
  export const env = {
    language: 'en',
    appName: 'Some Editor',
    appHost: 'desktop',
    get remoteName() { return stub.remoteName; },
    get uiKind() { return stub.uiKind; },
    openExternal: async ({ path }) => { stub.handed.push(['a browser', 'open', path]); return true; },
    clipboard: {
      readText: async () => { if (stub.silence) await stub.silence; return stub.clipboard; },
      writeText: async text => { if (stub.silence) await stub.silence; stub.clipboard = text; },
    },
  };
  export const commands = {
    executeCommand: async (id, ...args) => {
      if (stub.failing.has(id)) throw new Error('No such command.');
      stub.handed.push(['a command', id, args]);
    },
  };
  const read = (name, usual) => {
    stub.settingsRead.add(name);
    return Object.hasOwn(stub.settings, name) ? stub.settings[name] : usual;
  };
  export const workspace = {
    workspaceFolders: [],
    getConfiguration: () => ({
      get: read,
      inspect: name => ({ globalValue: stub.settings[name] }),
      update: async (name, value) => {
        stub.handed.push(['a setting', name, value]);
        const { [name]: _before, ...others } = stub.settings;
        stub.settings = value === undefined ? others : { ...others, [name]: value };
      },
    }),
    onDidChangeConfiguration: listener => {
      stub.settingsListeners.add(listener);
      return { dispose: () => stub.settingsListeners.delete(listener) };
    },
    openTextDocument: async document => { stub.handed.push(['a document', 'content', document.content]); return document; },
    fs: recorder('a file system', {
      stat: async ({ path }) => { if (!stub.existing.has(path)) throw new Error('there is nothing'); },
    }),
  };
  /** The person answers a list with a Back button like one without. Text that is typed need not be in the list. */
  const answerList = async (pick, pressed, take) => {
    const labels = pick.items.map(({ label }) => label);
    stub.shown.push(pick.placeholder ?? '', ...labels);
    stub.lists.push(pick.items);
    const answer = await stub.person.picked?.(pick.shownTitle, labels, pick.selectedItems.map(({ label }) => label));
    if (answer === BACK_PRESSED) for (const listener of pressed) listener(QuickInputButtons.Back);
    else if (answer === undefined) pick.hide();
    else if (pick.step && typeof answer === 'string' && !labels.includes(answer)) {
      pick.value = answer;
      pick.type(answer);
      // Enter takes the line for what was typed; where there is none, the person gives up.
      const [first] = pick.items;
      if (first?.alwaysShow) take(item => item === first);
      pick.hide();
    }
    else take(({ label }) => [answer].flat().includes(label));
  };
  /** The same for a box. Enter does nothing while there is an error, so the person gives up. */
  const answerBox = async (box, pressed, accepted) => {
    stub.shown.push(box.prompt ?? '', box.password ? '' : box.value);
    const answer = await stub.person.typed?.(box.prompt ?? '', box.value, box.password === true);
    if (answer === BACK_PRESSED) {
      for (const listener of pressed) listener(QuickInputButtons.Back);
      return;
    }
    const button = box.buttons?.find(({ tooltip }) => answer === '‹' + tooltip + '›');
    if (button) {
      for (const listener of pressed) listener(button);
      return;
    }
    if (answer !== undefined) {
      box.value = answer;
      for (const listener of accepted) listener();
    }
    if (answer !== undefined && box.validationMessage) stub.shown.push(box.validationMessage);
    box.hide();
  };
  export const window = {
    get state() { return stub.focused === undefined ? undefined : { focused: stub.focused, active: stub.active }; },
    get onDidChangeWindowState() {
      if (stub.focused === undefined) return undefined;
      return listener => {
        stub.changeFocus = focused => { stub.focused = focused; listener({ focused }); };
        return { dispose: () => { stub.changeFocus = () => undefined; } };
      };
    },
    activeColorTheme: { get kind() { return stub.themeKind ?? 2; } },
    onDidChangeActiveColorTheme: () => ({ dispose() {} }),
    withProgress: (options, work) => { stub.shown.push(options.title ?? ''); return work({ report() {} }, never); },
    showInformationMessage: show,
    showWarningMessage: show,
    showErrorMessage: show,
    createOutputChannel: () => recorder('the log'),
    createStatusBarItem: (...args) => {
      stub.handed.push(['the status bar', 'created', args]);
      return recorder('the status bar');
    },
    registerTreeDataProvider: id => { stub.handed.push(['a view', id, undefined]); return { dispose() {} }; },
    createTreeView: (id, options) => { stub.handed.push(['a view', id, options]); return recorder('the tree', { visible: true }); },
    createWebviewPanel: (...args) => {
      stub.handed.push(['a panel', 'created', args]);
      return recorder('a panel', { webview: recorder('a page', { asWebviewUri: uri => uri.path }) });
    },
    showTextDocument: async () => undefined,
    showSaveDialog: async options => {
      stub.handed.push(['a save dialog', 'options', options]);
      return { scheme: 'memory', path: '/saved', toString() { return 'memory:' + this.path; } };
    },
    showOpenDialog: async options => {
      stub.handed.push(['an open dialog', 'options', options]);
      const path = stub.person.folder ? stub.person.folder() : '/chosen';
      return path && [{ scheme: 'memory', path, fsPath: path, toString() { return 'memory:' + this.path; } }];
    },
    setStatusBarMessage: text => { stub.shown.push(text); return { dispose() {} }; },
    showQuickPick: async (items, options = {}) => {
      const list = await items;
      const labels = list.map(item => item.label ?? item);
      stub.shown.push(options.title ?? '', options.placeHolder ?? '', ...labels);
      stub.lists.push(list);
      const label = stub.person.picked?.(options.title ?? '', labels);
      if (Array.isArray(label)) return list.filter(item => label.includes(item.label ?? item));
      const found = list.find(item => (item.label ?? item) === label);
      return found && options.canPickMany ? [found] : found;
    },
    createQuickPick: () => {
      const [hidden, accepted, moved, typed, pressed] = [[], [], [], [], []];
      const heard = () => ({ dispose() {} });
      const takeOnly = isTaken => {
        pick.selectedItems = pick.items.filter(isTaken);
        for (const listener of accepted) listener();
      };
      const pick = {
        items: [], activeItems: [], selectedItems: [], dispose() {},
        set title(text) { pick.shownTitle = text; stub.shown.push(text); },
        show() { if (pick.buttons || pick.step) answerList(pick, pressed, takeOnly); },
        hide: () => { for (const listener of hidden) listener(); },
        onDidHide: listener => { hidden.push(listener); return { dispose() {} }; },
        onDidTriggerButton: listener => { pressed.push(listener); return { dispose() {} }; },
        choose: id => takeOnly(item => item.id === id),
        take: label => takeOnly(item => item.label === label),
        moveTo: label => { for (const listener of moved) listener(pick.items.filter(item => item.label === label)); },
        type: text => { for (const listener of typed) listener(text); },
        onDidAccept: listener => { accepted.push(listener); return { dispose() {} }; },
        onDidChangeActive: listener => { moved.push(listener); return { dispose() {} }; },
        onDidChangeValue: listener => { typed.push(listener); return { dispose() {} }; },
        onDidTriggerItemButton: heard,
      };
      stub.picks.push(pick);
      return pick;
    },
    createInputBox: () => {
      const [hidden, accepted, pressed] = [[], [], []];
      const box = {
        value: '', dispose() {},
        set title(text) { stub.shown.push(text); },
        show() { answerBox(box, pressed, accepted); },
        hide: () => { for (const listener of hidden) listener(); },
        onDidHide: listener => { hidden.push(listener); return { dispose() {} }; },
        onDidAccept: listener => { accepted.push(listener); return { dispose() {} }; },
        onDidTriggerButton: listener => { pressed.push(listener); return { dispose() {} }; },
        onDidChangeValue: () => ({ dispose() {} }),
      };
      return box;
    },
    showInputBox: async options => {
      stub.shown.push(options.title ?? '', options.prompt ?? '', options.password ? '' : options.value ?? '');
      const text = stub.person.typed?.(options.prompt ?? '', options.value ?? '', options.password === true);
      const remark = text === undefined ? undefined : await options.validateInput?.(text);
      if (!remark) return text;
      stub.shown.push(remark.message ?? remark);
      // Enter does nothing while there is an error, so the person gives up.
      return remark.severity < InputBoxValidationSeverity.Error ? text : undefined;
    },
  };
`;

/** Changes the settings of one section, as a person does in the settings editor. */
export function changeSettings(settings: VscodeStub['settings'], section = 'keyQuota'): void {
  vscodeStub.settings = settings;
  for (const listener of vscodeStub.settingsListeners)
    listener({ affectsConfiguration: each => each === section });
}

/** Imports a module of the product that imports `vscode`. */
export async function importWithStub<T>(file: string): Promise<T> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: `data:text/javascript,${encodeURIComponent(SOURCE)}`, shortCircuit: true }
        : next(specifier, context),
  });
  try {
    return (await import(new URL(file, new URL('../../../src/', import.meta.url)).href)) as T;
  } finally {
    hooks.deregister();
  }
}
