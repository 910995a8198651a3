import * as vscode from 'vscode';
import { SECTION } from './settings.ts';

/** What agents in the editor may learn. */
export interface AgentSettings {
  /** Whether they may ask at all. */
  readonly enabled: boolean;
  /** Whether they learn the names of keys and the addresses of gateways. */
  readonly names: boolean;
}

/** Reads it afresh, for each question of an agent. */
export function readAgentSettings(): AgentSettings {
  const section = vscode.workspace.getConfiguration(SECTION);
  return {
    enabled: section.get<boolean>('agents.enabled', true) === true,
    names: section.get<boolean>('agents.names', false) === true,
  };
}
