import type { AgentSettings } from '../../services/tools/sharedSettings.ts';
import { readFlag, readSetting } from './settingValues.ts';

/** Reads the settings again for each question of an agent. */
export function readAgentSettings(): AgentSettings {
  return {
    // A value of another type was meant to change the default, which is `true`.
    enabled: readSetting('agents.enabled') === true,
    names: readFlag('agents.names'),
  };
}
