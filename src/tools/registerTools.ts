import * as vscode from 'vscode';
import { t } from '../words/l10n.ts';
import { type ToolName, toolNames } from './toolNames.ts';

/** Answers an agent's question; loads the code for it. */
export type UseTool = (
  name: ToolName,
  input: unknown,
  token: vscode.CancellationToken,
) => Promise<vscode.LanguageModelToolResult>;

/** Offers the tools to agents by their names alone. `ready` resolves when texts speak the display language. */
export function registerTools(use: UseTool, ready: () => Promise<unknown>): vscode.Disposable {
  const registered = toolNames.map(name =>
    vscode.lm.registerTool(name, {
      async prepareInvocation() {
        await ready();
        return { invocationMessage: whatItDoes(name) };
      },
      invoke: ({ input }, token) => use(name, input, token),
    }),
  );
  return vscode.Disposable.from(...registered);
}

function whatItDoes(name: ToolName): string {
  switch (name) {
    case 'keyQuota_getQuota':
      return t('Looking at what is left on your API keys');
    case 'keyQuota_queryUsage':
      return t('Asking what your API keys spent');
  }
}
