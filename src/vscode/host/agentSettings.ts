import { readFlag, readSetting } from './settingValues.ts';

/** What the agents in the editor may know. */
export interface AgentSettings {
  /** Whether agents may ask at all. */
  readonly enabled: boolean;
  /** Whether agents may know the labels of keys and the addresses of gateways. */
  readonly names: boolean;
}

/** Reads the settings again for each question of an agent. */
export function readAgentSettings(): AgentSettings {
  return {
    // A value of another type was meant to change the default, which is `true`.
    enabled: readSetting('agents.enabled') === true,
    names: readFlag('agents.names'),
  };
}
