import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';

/** What agents may know. */
export interface AgentSettings {
  /** Whether agents may ask at all. */
  readonly enabled: boolean;
  /** Whether agents may know the labels of keys and the addresses of gateways. */
  readonly names: boolean;
}

/** The settings that states of keys follow from. */
type StateSettings = Pick<Settings, 'pollMs' | 'low' | 'monthBegins'>;

/** What programs outside VS Code follow when they read the database. */
export interface SharedSettings extends Partial<StateSettings> {
  readonly agents: AgentSettings;
  /** How each gateway is polled, by base URL. */
  readonly gateways: readonly (readonly [
    string,
    { readonly pollMinutes?: number; readonly share?: number },
  ])[];
}

/** The names of the two rows. The second is there once a person has copied a configuration for agents outside VS Code. */
const SETTINGS = 'settings';
const MCP = 'mcp';

const NONE: AgentSettings = { enabled: false, names: false };

/** Writes the settings down for programs outside VS Code, where they have changed. */
export function shareSettings(store: Store, settings: Settings, agents: AgentSettings): void {
  const { pollMs, low, monthBegins } = settings;
  const gateways = [...settings.gateways].flatMap(([baseUrl, { pollMinutes, share }]) =>
    pollMinutes === undefined && share === undefined ? [] : [[baseUrl, { pollMinutes, share }] as const],
  );
  const text = JSON.stringify({ agents, pollMs, low, monthBegins, gateways } satisfies SharedSettings);
  if (store.sharedSettings.textOf(SETTINGS) === text) return;
  store.transaction(() => store.sharedSettings.saveText(SETTINGS, text));
}

/** Lets agents outside VS Code ask, within what the settings say. @throws NotSavedError. */
export function allowAgentsOutside(store: Store): void {
  store.transactionOnDisk(() => store.sharedSettings.saveText(MCP, 'true'));
}

/** What was shared; undefined where nothing was, or it cannot be read. */
export function sharedSettings(store: Store): SharedSettings | undefined {
  return parseOwnJson(
    store.sharedSettings.textOf(SETTINGS),
    (value): value is SharedSettings =>
      isMembers(value) && isMembers(value.agents) && isMembers(value.low) && Array.isArray(value.gateways),
  );
}

/** What agents outside VS Code may know: nothing where a person has not let them ask, or that cannot be read. */
export function agentsOutside(store: Store): AgentSettings {
  if (store.sharedSettings.textOf(MCP) !== 'true') return NONE;
  const agents = sharedSettings(store)?.agents;
  return { enabled: agents?.enabled === true, names: agents?.names === true };
}
