/**
 * The built extension in a process of its own, with an editor's stand-in around it. Arguments: where it was built, and
 * the API that this editor lacks, if any (`window.createTreeView`). Each line that comes in is a `WindowOrder`: a
 * window is opened, carries the order out and is closed again; the result goes out as a `WindowReport` in one line.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/store/database.ts';
import { editorStub, provideEditor } from './editorStub.ts';
import { MemorySecrets } from './memorySecrets.ts';

/** Less than a test may take. */
const PATIENCE_MS = 60_000;

export interface WindowOrder {
  readonly folder: string;
  readonly secrets: readonly (readonly [name: string, entry: string])[];
  /** Commands by argument, one after the other. */
  readonly run: readonly (readonly [command: string, argument: unknown])[];
  /** What is on the clipboard before; nothing where it is left out. */
  readonly clipboard?: string;
  /** See `EditorStub.pressed`. */
  readonly pressed?: string;
  /** Whether the database is overwritten once the window has started. */
  readonly damaged?: true;
  /** How many keys to wait for before that. */
  readonly awaitKeys?: number;
}

export interface WindowReport {
  readonly labels: readonly string[];
  /** What each command returned, or the message of what it threw. */
  readonly results: readonly { readonly returned?: unknown; readonly thrown?: string }[];
  readonly notifications: readonly string[];
  readonly log: readonly string[];
  readonly secrets: readonly string[];
  /** See `EditorStub.events`. */
  readonly events: readonly string[];
  /** What is on the clipboard before it closes. */
  readonly clipboardOpen: string;
  /** What is on the clipboard when it has closed. */
  readonly clipboard: string;
  /** Whether another extension could change what all get from `activate()`. */
  readonly isOpenToChange: boolean;
}

interface LabeledKey {
  readonly label: string;
}
interface Api {
  snapshot(): readonly LabeledKey[];
}
interface Extension {
  activate(context: unknown): Api;
  deactivate(): Promise<void>;
}

const [dist = '', missingApi = ''] = process.argv.slice(2);
const editor = editorStub();
const [owner = '', member = ''] = missingApi.split('.');
if (member) Reflect.deleteProperty(editor.vscode[owner] ?? {}, member);
else if (owner) Reflect.deleteProperty(editor.vscode, owner);
provideEditor(editor);
const { activate, deactivate } = createRequire(import.meta.url)(join(dist, 'extension.cjs')) as Extension;

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await open(JSON.parse(line) as WindowOrder))}\n`);
}

async function open({
  folder,
  secrets,
  run,
  clipboard = '',
  pressed,
  damaged,
  awaitKeys = 0,
}: WindowOrder): Promise<WindowReport> {
  editor.clipboard.text = clipboard;
  editor.pressed = pressed;
  for (const list of [editor.notifications, editor.log, editor.events]) list.length = 0;
  editor.commands.clear();
  const storage = new MemorySecrets();
  for (const [name, entry] of secrets) storage.entries.set(name, entry);
  if (missingApi === 'secrets.keys') Reflect.set(storage, 'keys', undefined);
  const readSecret = storage.get;
  storage.get = async name => {
    editor.events.push('secret read');
    return readSecret.call(storage, name);
  };
  const subscriptions: { dispose(): unknown }[] = [];
  const api = activate({
    subscriptions,
    secrets: storage,
    globalStorageUri: { fsPath: folder },
    extensionUri: { fsPath: dist, path: dist },
  });
  const results: WindowReport['results'][number][] = [];
  // The first command waits until everything is loaded. Errors of the start are ignored here; `run` will meet them.
  await Promise.resolve(editor.commands.get('keyQuota.showLog')?.(undefined)).catch(() => undefined);
  if (damaged) overwrite(databasePath(folder));
  for (const [command, argument] of run) {
    try {
      results.push({ returned: await editor.commands.get(command)?.(argument) });
    } catch (error) {
      results.push({ thrown: String(error) });
    }
  }
  for (const end = Date.now() + PATIENCE_MS; api.snapshot().length < awaitKeys && Date.now() < end; )
    await new Promise(resolve => setTimeout(resolve, 5));
  const labels = api.snapshot().map(({ label }) => label);
  const isOpenToChange = [
    Reflect.set(api, 'snapshot', () => []),
    ...api.snapshot().map(key => Reflect.set(key, 'label', 'theirs')),
  ].includes(true);
  const clipboardOpen = editor.clipboard.text;
  await deactivate();
  for (const subscription of subscriptions) subscription.dispose?.();
  const [notifications, log] = [[...editor.notifications], [...editor.log]];
  return {
    ...{ labels, results, notifications, log, isOpenToChange },
    events: [...editor.events],
    secrets: [...storage.entries.keys()],
    clipboardOpen,
    clipboard: editor.clipboard.text,
  };
}

/** Overwrites a database. Windows that have it open read it again, since another window has written to it before. */
function overwrite(path: string): void {
  const other = new DatabaseSync(path);
  other.exec("INSERT INTO silences VALUES ('other', 0, 0)");
  for (const file of [path, `${path}-wal`]) writeFileSync(file, 'x'.repeat(300_000));
  other.close();
}
