import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { lazyImport } from '../../core/lazyImport.ts';
import { redactor } from '../../redaction/redactor.ts';
import { toUserError } from '../../services/databaseErrors.ts';
import { agentAnswer } from '../../services/tools/agentAnswer.ts';
import type { ToolName } from '../../services/tools/toolNames.ts';
import type { ToolHandler, ToolParts } from '../../services/tools/toolParts.ts';
import { readAgentSettings } from '../host/agentSettings.ts';
import { shownError } from '../host/messages.ts';

const TOOLS_OFF_MESSAGE = 'The user has switched Key Quota’s tools off (setting keyQuota.agents.enabled).';

const loaders: Readonly<Record<ToolName, () => Promise<ToolHandler>>> = {
  keyQuota_getQuota: async () =>
    (await lazyImport(() => import('../../services/tools/getQuota.ts'))).getQuota,
  keyQuota_queryUsage: async () =>
    (await lazyImport(() => import('../../services/tools/queryUsage.ts'))).queryUsage,
};

/** The message that a person sees while the agent waits. */
export function prepareTool(name: ToolName): vscode.PreparedToolInvocation {
  switch (name) {
    case 'keyQuota_getQuota':
      return { invocationMessage: l10n.t('Checking what is left on your API keys') };
    case 'keyQuota_queryUsage':
      return { invocationMessage: l10n.t('Asking what your API keys spent') };
  }
}

/** Answers an agent with JSON. Throws a sentence for the model when it cannot. */
export async function useTool(
  name: ToolName,
  parts: Omit<ToolParts, 'agents'>,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const agents = readAgentSettings();
  if (!agents.enabled) throw new Error(TOOLS_OFF_MESSAGE);
  const handler = await loaders[name]();
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    const answer = agentAnswer(await handler({ ...parts, agents }, input, controller.signal));
    const redacted = redactor.redactValue(answer);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(redacted))]);
  } catch (error) {
    throw shownError(toUserError(error));
  } finally {
    subscription.dispose();
  }
}
