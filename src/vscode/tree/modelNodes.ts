import * as l10n from '@vscode/l10n';
import type { Reading } from '../../core/quota/reading.ts';
import { countText } from '../../text/amount.ts';
import { type Fact, lineContext, type TreeNode } from './treeNode.ts';

/** The models that a key may call: how many, with one child each. */
export function modelsFact(keyId: string, { models, modelsMore = 0 }: Reading): Fact {
  const all = (models?.length ?? 0) + modelsMore;
  const value = models === undefined ? undefined : models === null ? l10n.t('any') : modelCount(all);
  return {
    name: 'models',
    label: l10n.t('Models'),
    value,
    icon: 'sparkle',
    children: models
      ?.map(name => modelNode(keyId, name))
      .concat(modelsMore > 0 ? moreModelsNode(keyId, modelsMore) : []),
  };
}

function moreModelsNode(keyId: string, more: number): TreeNode {
  const label = l10n.t('and {0} more', countText(more));
  return { id: `moreModels:${keyId}`, label, spoken: label, context: 'moreModels', children: [] };
}

function modelNode(keyId: string, name: string): TreeNode {
  return {
    id: `model:${keyId}:${name}`,
    label: name,
    spoken: name,
    context: lineContext('model'),
    copyText: name,
    children: [],
  };
}

function modelCount(count: number): string {
  return count === 0 ? l10n.t('none allowed') : l10n.t('{0} allowed', countText(count));
}
