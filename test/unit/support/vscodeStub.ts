import { registerHooks } from 'node:module';

/** What a stand-in for a person does when asked: each takes what VS Code was told, and gives an answer. */
export interface Person {
  /** Notifications and questions: the button pressed, by its text. */
  readonly asked?: (message: string, detail: string, buttons: readonly string[]) => string | undefined;
  /** Input boxes: the text entered. */
  readonly typed?: (prompt: string, value: string, password: boolean) => string | undefined;
  /** Quick picks: the label picked. */
  readonly picked?: (title: string, labels: readonly string[]) => string | undefined;
}

/** VS Code as commands see it in tests without it: one person, and one clipboard. */
export interface VscodeStub {
  person: Person;
  clipboard: string;
  /** Every text that was shown to the person. */
  shown: string[];
}

const STUB = Symbol.for('keyQuota.vscodeStub');

/** The one that all modules of this process share, because each imports `vscode` once only. */
export const vscodeStub: VscodeStub = { person: {}, clipboard: '', shown: [] };
Reflect.set(globalThis, STUB, vscodeStub);

const SOURCE = `
  const stub = globalThis[Symbol.for('keyQuota.vscodeStub')];
  const never = { onCancellationRequested: () => ({ dispose() {} }) };
  const show = async (message, ...rest) => {
    const options = typeof rest[0] === 'object' && !('title' in rest[0]) ? rest.shift() : {};
    stub.shown.push(message, options.detail ?? '', ...rest.map(item => item.title ?? item));
    return stub.person.asked?.(message, options.detail ?? '', rest);
  };
  export const ProgressLocation = { Notification: 15 };
  export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };
  export class ThemeIcon { constructor(id) { this.id = id; } }
  export class EventEmitter { event = () => ({ dispose() {} }); fire() {} dispose() {} }
  export const env = {
    language: 'en',
    clipboard: {
      readText: async () => stub.clipboard,
      writeText: async text => { stub.clipboard = text; },
    },
  };
  export const commands = { executeCommand: async () => undefined };
  export const workspace = { workspaceFolders: [], getConfiguration: () => ({ get: (_name, usual) => usual }) };
  export const window = {
    withProgress: (options, work) => { stub.shown.push(options.title ?? ''); return work({ report() {} }, never); },
    showInformationMessage: show,
    showWarningMessage: show,
    showErrorMessage: show,
    setStatusBarMessage: text => { stub.shown.push(text); return { dispose() {} }; },
    showQuickPick: async (items, options = {}) => {
      const list = await items;
      const labels = list.map(item => item.label ?? item);
      stub.shown.push(options.title ?? '', options.placeHolder ?? '', ...labels);
      const label = stub.person.picked?.(options.title ?? '', labels);
      return list.find(item => (item.label ?? item) === label);
    },
    showInputBox: async options => {
      stub.shown.push(options.title ?? '', options.prompt ?? '', options.password ? '' : options.value ?? '');
      return stub.person.typed?.(options.prompt ?? '', options.value ?? '', options.password === true);
    },
  };
`;

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
