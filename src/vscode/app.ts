import type * as vscode from 'vscode';
import type { CommandId } from './commands/commandIds.ts';
import type { ToolName } from './tools/toolNames.ts';

/** The running extension, as its thin entry sees it. */
export interface App {
  run(id: CommandId, argument: unknown): unknown;
  /** What a person reads while an agent's question is answered. */
  prepareTool(name: ToolName): Promise<vscode.PreparedToolInvocation>;
  useTool(
    name: ToolName,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
  stop(): Promise<void>;
}
