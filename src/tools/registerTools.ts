import { type CancellationToken, Disposable, type LanguageModelToolResult, l10n, lm } from 'vscode';
import { type ToolName, toolNames } from './toolNames.ts';

/** Answers an agent's question; loads the code for it. */
export type UseTool = (
  name: ToolName,
  input: unknown,
  token: CancellationToken,
) => Promise<LanguageModelToolResult>;

/** Offers the tools to agents by their names alone. */
export function registerTools(use: UseTool): Disposable {
  const registered = toolNames.map(name =>
    lm.registerTool(name, {
      prepareInvocation: () => ({ invocationMessage: whatItDoes(name) }),
      invoke: ({ input }, token) => use(name, input, token),
    }),
  );
  return Disposable.from(...registered);
}

function whatItDoes(name: ToolName): string {
  switch (name) {
    case 'keyQuota_getQuota':
      return l10n.t('Looking at what is left on your API keys');
    case 'keyQuota_queryUsage':
      return l10n.t('Asking what your API keys spent');
  }
}
