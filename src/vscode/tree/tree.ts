import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isFilesGone, lazyImport } from '../../core/lazyImport.ts';
import { withNextChange } from '../../core/nextChange.ts';
import { countTroubled } from '../../core/quota/attention.ts';
import type { MovableLine } from '../../core/quota/keyOrder.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { hoverMarkdown } from '../host/hoverMarkdown.ts';
import { shown, shownAll } from '../host/shownText.ts';
import { themeKind } from '../host/themeKind.ts';
import type { ViewId } from '../views/viewIds.ts';
import type { KeyLines } from './keyLines.ts';
import { colorIn } from './treeColors.ts';
import type { TreeLine } from './treeLines.ts';
import { movableLine, type TreeNode } from './treeNode.ts';

/** The MIME type of what is dragged from the tree; nothing from other views can be dropped. */
const DRAGGED = 'application/vnd.code.tree.keyquota.keys';

/** The tree of gateways and keys, in a view container of its own. */
export class KeyTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #changed = new vscode.EventEmitter<TreeLine[] | undefined>();
  readonly #ordered = new vscode.EventEmitter<readonly string[]>();
  readonly #now: () => number;
  readonly #onValidUntil: (until: number) => void;
  #lines: KeyLines | undefined;
  #keys: readonly KeyState[] = [];
  #badge = 0;
  #message: string | undefined;
  #shownMessage: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /**
   * `onValidUntil` is called with the time until which a line's text is valid, for lines that VS Code asks for later.
   */
  constructor(now: () => number, onValidUntil: (until: number) => void) {
    this.#now = now;
    this.#onValidUntil = onValidUntil;
    this.#view = vscode.window.createTreeView('keyQuota.keys' satisfies ViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      dragAndDropController: {
        dragMimeTypes: [DRAGGED],
        dropMimeTypes: [DRAGGED],
        handleDrag: ([node], data) => {
          if (node) data.set(DRAGGED, new vscode.DataTransferItem(node.id));
        },
        handleDrop: async (target, data) => {
          const id = await data.get(DRAGGED)?.asString();
          if (id !== undefined) this.#drop(id, target);
        },
      },
    });
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  /** Calls back when the tree becomes visible or hidden. */
  onDidChangeVisibility(listener: () => void): vscode.Disposable {
    return this.#view.onDidChangeVisibility(listener);
  }

  /** Calls back with the ids of all keys in the order that a person brought them into by dragging a line. */
  onDidOrder(listener: (ids: readonly string[]) => void): vscode.Disposable {
    return this.#ordered.event(listener);
  }

  /** The key or gateway whose line is selected. */
  get selectedLine(): MovableLine | undefined {
    const [node] = this.#view.selection;
    return node && movableLine(node.id);
  }

  #drop(id: string, target: TreeNode | undefined): void {
    const [moved, onto] = [movableLine(id), target && movableLine(target.id)];
    const ids = moved && onto && this.#lines?.orderAfterMove(moved, onto, this.#now());
    if (ids) this.#ordered.fire(ids);
  }

  renderTree(keys: readonly KeyState[], now: number): void {
    this.#keys = keys;
    const changed = this.#lines?.update(keys, now) ?? [];
    if (changed === 'all') this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
    this.#setBadge(countTroubled(keys, now));
    this.#showMessage();
  }

  /** Has VS Code ask for all lines again: it keeps hovers, whose pictures are in the colors of a theme. */
  redrawLines(): void {
    this.#changed.fire(undefined);
  }

  /** Shows a message above the keys; without keys the view has a message of its own. */
  setMessage(text: string | undefined): void {
    this.#message = text === undefined ? undefined : shown(text);
    this.#showMessage();
  }

  #showMessage(): void {
    const message = this.#keys.length > 0 ? this.#message : undefined;
    if (message === this.#shownMessage) return;
    this.#shownMessage = message;
    this.#view.message = message;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node) return this.#noting(() => [...node.children]);
    const lines = await this.#opened().catch((error: unknown) => {
      // VS Code shows the error of a view, but nothing of a cancellation: people have been told by a notification.
      throw isFilesGone(error) ? new vscode.CancellationError() : error;
    });
    return [...lines.roots];
  }

  /** Needed for `reveal`, and so for the lines of keys only. */
  getParent(node: TreeNode): TreeNode | undefined {
    return this.#lines?.roots.find(({ children }) => children.some(({ id }) => id === node.id));
  }

  /** Opens the tree at a key. */
  async reveal(keyId: string): Promise<void> {
    const lines = await this.#opened();
    const line = lines.roots.flatMap(({ children }) => children).find(each => each.keyId === keyId);
    if (line) await this.#view.reveal(line, { select: true, focus: true, expand: true });
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const [label, spoken, description, tooltip] = shownAll([
      node.label,
      this.#noting(() => node.spoken),
      node.description,
      node.tooltip,
    ] as const);
    const item = new vscode.TreeItem(label, collapsibleState(node));
    item.id = node.id;
    item.description = description;
    item.tooltip = tooltip;
    item.contextValue = node.context;
    item.accessibilityInformation = { label: spoken };
    if (node.icon) {
      item.iconPath = new vscode.ThemeIcon(
        node.icon,
        node.color ? new vscode.ThemeColor(colorIn(themeKind(), node.color)) : undefined,
      );
    }
    return item;
  }

  /** Called by VS Code for an item without a tooltip that is hovered over. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const { id, keyId = '' } = node;
    const hover = id === `key:${keyId}` ? this.#lines?.hoverOf(keyId, this.#now(), themeKind()) : undefined;
    if (hover !== undefined) item.tooltip = hoverMarkdown(hover);
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
    this.#ordered.dispose();
  }

  async #opened(): Promise<KeyLines> {
    if (this.#lines) return this.#lines;
    const { KeyLines } = await lazyImport(() => import('./keyLines.ts'));
    this.#lines ??= new KeyLines();
    const lines = this.#lines;
    this.#noting(() => lines.update(this.#keys, this.#now()));
    return this.#lines;
  }

  /** Texts that are made when VS Code asks for them depend on the clock as well. */
  #noting<T>(work: () => T): T {
    const { value, until } = withNextChange(work);
    if (Number.isFinite(until)) this.#onValidUntil(until);
    return value;
  }

  #setBadge(count: number): void {
    if (count === this.#badge) return;
    this.#badge = count;
    this.#view.badge =
      count === 0 ? undefined : { value: count, tooltip: l10n.t('Keys that need attention: {0}', count) };
  }
}

function collapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (!node.isParent) return vscode.TreeItemCollapsibleState.None;
  return node.expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
