import { readFlag, readSetting } from './settingValues.ts';

/** What agents in the editor may learn. */
export interface AgentSettings {
  /** Whether they may ask at all. */
  readonly enabled: boolean;
  /** Whether they learn the names of keys and the addresses of gateways. */
  readonly names: boolean;
}

/** Reads it afresh, for each question of an agent. */
export function readAgentSettings(): AgentSettings {
  return {
    // A value of another type was meant to change the default, which is yes.
    enabled: readSetting('agents.enabled') === true,
    names: readFlag('agents.names'),
  };
}
