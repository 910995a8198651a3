import type * as vscode from 'vscode';
import type { TreeNode } from '../../../src/vscode/tree/treeNode.ts';
import type { Views } from '../../../src/vscode/views/views.ts';
import { vscodeStub } from './vscodeStub.ts';

/** A line of the tree as a person sees, hovers and hears it. */
export interface ScreenLine {
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly color: string | undefined;
}

/**
 * The screen as VS Code would have it: it shows what it was handed, and asks again only for lines of which it was told
 * that they changed. Every line is open.
 */
export class Screen {
  /** By the line's id. */
  readonly lines = new Map<string, ScreenLine>();
  readonly #views: Views;
  readonly #pending = new Set<Promise<void>>();

  constructor(views: Views) {
    this.#views = views;
    views.tree.onDidChangeTreeData(changed => {
      const nodes = changed as readonly TreeNode[] | undefined;
      this.#track(nodes ? this.#readNodes(nodes) : this.#readRoots());
    });
    this.#track(this.#readRoots());
  }

  /** Resolves when VS Code has everything it asked for. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** The tooltip that the status bar item was handed last. */
  get tooltip(): string {
    const last = vscodeStub.handed.findLast(each => each[0] === 'the status bar' && each[1] === 'tooltip');
    return (last?.[2] as vscode.MarkdownString | undefined)?.value ?? '';
  }

  /** The number at the tree's icon. */
  get badge(): number {
    const last = vscodeStub.handed.findLast(each => each[0] === 'the tree' && each[1] === 'badge');
    return (last?.[2] as vscode.ViewBadge | undefined)?.value ?? 0;
  }

  #track(work: Promise<void>): void {
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work));
  }

  async #readRoots(): Promise<void> {
    this.lines.clear();
    await this.#readNodes(await this.#views.tree.getChildren());
  }

  async #readNodes(nodes: readonly TreeNode[]): Promise<void> {
    for (const node of nodes) {
      const item = this.#views.tree.getTreeItem(node);
      this.lines.set(node.id, {
        label: String(item.label),
        description: String(item.description ?? ''),
        spoken: item.accessibilityInformation?.label ?? '',
        color: ((item.iconPath as vscode.ThemeIcon | undefined)?.color as { id: string } | undefined)?.id,
      });
      if (node.isParent) await this.#readNodes(await this.#views.tree.getChildren(node));
    }
  }
}
