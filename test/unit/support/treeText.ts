import type { TreeNode } from '../../../src/vscode/tree/treeNode.ts';

/** All that the lines of a tree show and say, and those below them. */
export function treeText(nodes: readonly TreeNode[]): string {
  return nodes
    .flatMap(({ label, description, tooltip, spoken, children }) => [
      label,
      description ?? '',
      tooltip ?? '',
      spoken,
      treeText(children),
    ])
    .join('\n');
}
