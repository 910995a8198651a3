import * as vscode from 'vscode';
import { onSettingsChange } from '../host/settings.ts';
import type { StatusBarLook } from '../host/statusBarLook.ts';
import { readStatusBarLook } from '../host/statusBarSettings.ts';
import { redactor } from '../http/redact.ts';
import type { KeyState } from '../quota/keyState.ts';
import { type StatusBarText, statusBarItems } from './statusBarText.ts';
import { TOOLTIP_COMMANDS } from './tooltip.ts';

/** The first item's place; the others follow it. */
const PRIORITY = 90;
const STEP = 0.001;

/** The items in the status bar. Hands over only what changed: VS Code redraws on every assignment. */
export class StatusBar {
  readonly #items = new Map<string, Item>();
  readonly #subscription: vscode.Disposable;
  #look = readStatusBarLook();
  #preview: Partial<StatusBarLook> | undefined;
  #keys: readonly KeyState[] = [];
  #now = 0;

  constructor() {
    this.#subscription = onSettingsChange(() => {
      this.#look = readStatusBarLook();
      this.#draw();
    });
  }

  /** Whether the user wants it at all. */
  get visible(): boolean {
    return this.#look.visible;
  }

  render(keys: readonly KeyState[], now: number): void {
    this.#keys = keys;
    this.#now = now;
    this.#draw();
  }

  /** Shows how it would look, without a change of settings; undefined: as it does look. */
  preview(look: Partial<StatusBarLook> | undefined): void {
    this.#preview = look && { visible: true, ...look };
    this.#draw();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const item of this.#items.values()) item.dispose();
    this.#items.clear();
  }

  #draw(): void {
    const look = { ...this.#look, ...this.#preview };
    const texts = statusBarItems(this.#keys, this.#now, look);
    // An item keeps the place it was made for.
    const names = texts.map(({ id }, index) => `${look.alignment} ${index} ${id}`);
    for (const [name, item] of this.#items) {
      if (names.includes(name)) continue;
      item.dispose();
      this.#items.delete(name);
    }
    texts.forEach((text, index) => {
      const name = names[index] ?? '';
      const item = this.#items.get(name) ?? new Item(text.id, look.alignment, PRIORITY - index * STEP);
      this.#items.set(name, item);
      item.show(text);
    });
  }
}

/** One item of VS Code's, and what was handed to it. */
class Item {
  readonly #item: vscode.StatusBarItem;
  #shown: Partial<StatusBarText> = {};

  constructor(id: string, alignment: StatusBarLook['alignment'], priority: number) {
    const side = alignment === 'left' ? vscode.StatusBarAlignment.Left : vscode.StatusBarAlignment.Right;
    this.#item = vscode.window.createStatusBarItem(id, side, priority);
  }

  show(next: StatusBarText): void {
    const shown = this.#shown;
    if (next.name !== shown.name) this.#item.name = redactor.redact(next.name);
    if (next.text !== shown.text) this.#item.text = redactor.redact(next.text);
    if (next.spoken !== shown.spoken)
      this.#item.accessibilityInformation = { label: redactor.redact(next.spoken) };
    if (next.tooltip !== shown.tooltip) this.#item.tooltip = trusted(next.tooltip);
    if (next.command !== shown.command || next.keyId !== shown.keyId) this.#item.command = commandOf(next);
    if (next.background !== shown.background) {
      this.#item.backgroundColor =
        next.background && new vscode.ThemeColor(`statusBarItem.${next.background}Background`);
    }
    if (shown.id === undefined) this.#item.show();
    this.#shown = next;
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function commandOf({ command, name, keyId }: StatusBarText): string | vscode.Command {
  return keyId === undefined ? command : { command, title: name, arguments: [keyId] };
}

function trusted(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(redactor.redact(markdown), true);
  text.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
  return text;
}
