import * as vscode from 'vscode';
import type { KeyState } from '../../core/quota/keyState.ts';
import { shownRedactor } from '../../redaction/shownRedactor.ts';
import { hoverMarkdown } from '../host/hoverMarkdown.ts';
import type { OwnCommand } from '../host/ownCommand.ts';
import { onSettingsChange } from '../host/settings.ts';
import { shown } from '../host/shownText.ts';
import type { StatusBarLook } from '../host/statusBarLook.ts';
import { readStatusBarLook } from '../host/statusBarSettings.ts';
import { type ShownStatusBarItem, window } from '../host/window.ts';
import type { TooltipOf } from '../views/tooltip.ts';
import { type StatusBarText, statusBarItems } from './statusBarText.ts';

/** VS Code's priority of the first item; the others follow it. */
const PRIORITY = 90;
const STEP = 0.001;

/** What tooltips say, and the commands that links in them may run. */
interface Tooltips {
  readonly markdownOf: TooltipOf;
  readonly commands: readonly OwnCommand[];
}

/** The items in the status bar. Hands over only what changed: VS Code redraws on every assignment. */
export class StatusBar {
  readonly #items = new Map<string, Item>();
  readonly #subscription: vscode.Disposable;
  readonly #changed: () => void;
  #look = readStatusBarLook();
  #preview: Partial<StatusBarLook> | undefined;
  #tooltips: Tooltips | undefined;

  /** `changed` is called when the settings of the look change, so that it has to be rendered again. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#subscription = onSettingsChange(() => {
      this.#look = readStatusBarLook();
      this.#changed();
    });
  }

  /** Whether the user wants the status bar items. */
  get visible(): boolean {
    return this.#look.visible;
  }

  /** Previews a look without changing settings; undefined ends the preview. */
  preview(look: Partial<StatusBarLook> | undefined): void {
    this.#preview = look && { visible: true, ...look };
    this.#changed();
  }

  /** Gives the items their tooltips, which nobody sees before the figures. */
  addTooltips(tooltips: Tooltips): void {
    this.#tooltips = tooltips;
    this.#changed();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const item of this.#items.values()) item.dispose();
    this.#items.clear();
  }

  renderItems(keys: readonly KeyState[], now: number): void {
    const look = { ...this.#look, ...this.#preview };
    const texts = statusBarItems(keys, now, look, this.#tooltips?.markdownOf);
    // VS Code remembers the side of an item by its id, so each side has its own.
    const idOf = ({ id }: StatusBarText) => (look.alignment === 'left' ? `${id}.left` : id);
    const ids = texts.map(idOf);
    for (const [id, item] of this.#items) {
      if (ids.includes(id)) continue;
      item.dispose();
      this.#items.delete(id);
    }
    for (const text of texts) {
      const id = idOf(text);
      const item = this.#items.get(id) ?? new Item(id, look.alignment, PRIORITY - text.place * STEP);
      this.#items.set(id, item);
      item.show(text, this.#tooltips?.commands ?? []);
    }
  }
}

/** A VS Code status bar item, and what it was last set to. */
class Item {
  readonly #item: ShownStatusBarItem;
  #shown: Partial<StatusBarText> = {};

  constructor(id: string, alignment: StatusBarLook['alignment'], priority: number) {
    const side = alignment === 'left' ? vscode.StatusBarAlignment.Left : vscode.StatusBarAlignment.Right;
    this.#item = window.createStatusBarItem(id, side, priority);
  }

  show(next: StatusBarText, commands: readonly OwnCommand[]): void {
    const before = this.#shown;
    if (next.name !== before.name) this.#item.name = shown(next.name);
    if (next.text !== before.text) this.#item.text = next.text;
    if (next.spoken !== before.spoken)
      this.#item.accessibilityInformation = { label: shownRedactor.redact(next.spoken) };
    if (next.tooltip !== undefined && next.tooltip !== before.tooltip)
      this.#item.tooltip = hoverMarkdown(next.tooltip, commands);
    if (next.command !== before.command || next.keyId !== before.keyId) this.#item.command = commandOf(next);
    if (next.background !== before.background) {
      this.#item.backgroundColor =
        next.background && new vscode.ThemeColor(`statusBarItem.${next.background}Background`);
    }
    if (before.id === undefined) this.#item.show();
    this.#shown = next;
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function commandOf({ command, name, keyId }: StatusBarText): string | vscode.Command {
  return keyId === undefined ? command : { command, title: shown(name), arguments: [keyId] };
}
