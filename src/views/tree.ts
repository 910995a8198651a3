import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { needsAttention } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';
import { t } from '../words/l10n.ts';
import type { TreeNode } from './treeNode.ts';
import { treeNodes } from './treeNodes.ts';

/** The tree of gateways and keys, in a view container of its own. */
export class KeyTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  #roots: readonly TreeNode[] = [];
  #badge = 0;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#view = vscode.window.createTreeView('keyQuota.keys', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
  }

  render(keys: readonly KeyState[], now: number): void {
    const roots = treeNodes(keys, now);
    if (!isDeepStrictEqual(roots, this.#roots)) {
      this.#roots = roots;
      this.#changed.fire(undefined);
    }
    this.#setBadge(keys.filter(key => needsAttention(key, now)).length);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node?.children ?? this.#roots)];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleState(node));
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.contextValue = node.context;
    item.accessibilityInformation = { label: node.spoken };
    if (node.icon) {
      item.iconPath = new vscode.ThemeIcon(
        node.icon,
        node.color ? new vscode.ThemeColor(node.color) : undefined,
      );
    }
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  #setBadge(count: number): void {
    if (count === this.#badge) return;
    this.#badge = count;
    this.#view.badge =
      count === 0 ? undefined : { value: count, tooltip: t('Keys that need attention: {0}', count) };
  }
}

function collapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return node.expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
