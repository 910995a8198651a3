import type { Clock } from './clock.ts';
import type { GatewayOptions } from './options.ts';
import type { ScenarioTable } from './scenarios/scenario.ts';
import { Holdings } from './state/holdings.ts';

/** Fills a gateway with the keys and accounts that its options ask for. */
export function holdingsFor(
  options: GatewayOptions,
  all: ScenarioTable,
  prefix: string | undefined,
  clock: Clock,
): Holdings {
  const holdings = new Holdings(clock);
  const chosen = options.scenarios ?? (options.accounts ? 'none' : 'all');
  const table = chosen === 'all' ? all : chosen === 'none' ? {} : chosen;
  const prefixed = prefix === undefined ? {} : { prefix };
  for (const [handle, scenario] of Object.entries(table)) holdings.addKey(handle, scenario, prefixed);
  for (const { name, keys = {}, ...figures } of options.accounts ?? []) {
    holdings.addAccount(name, figures);
    for (const [handle, scenario] of Object.entries(keys)) {
      holdings.addKey(handle, scenario, { ...prefixed, account: name });
    }
  }
  return holdings;
}
