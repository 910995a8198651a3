import type { InputShape } from '../../services/tools/toolInput.ts';
import { toolInputs } from '../../services/tools/toolInputs.ts';
import type { ToolName } from '../../services/tools/toolNames.ts';

/** A tool as VS Code offers it to agents. Its texts follow from its name: `tool.<name>…` in package.nls.json. */
export interface ToolEntry {
  /** What a person types after `#`. */
  readonly referenceName: string;
  /** The name of a codicon. */
  readonly icon: string;
  readonly tags: readonly string[];
  readonly inputs: InputShape;
}

/** Every tool; `npm run manifest` writes them into package.json. */
export const toolEntries: Readonly<Record<ToolName, ToolEntry>> = {
  keyQuota_getQuota: {
    referenceName: 'keyQuota',
    icon: 'key',
    tags: ['quota', 'api keys', 'llm gateway'],
    inputs: toolInputs.keyQuota_getQuota,
  },
  keyQuota_queryUsage: {
    referenceName: 'keyQuotaUsage',
    icon: 'graph',
    tags: ['usage', 'spend', 'api keys', 'llm gateway'],
    inputs: toolInputs.keyQuota_queryUsage,
  },
};
