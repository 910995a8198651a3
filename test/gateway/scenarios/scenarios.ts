import { encodings } from './encodings.ts';
import { envelopes } from './envelopes.ts';
import { faults } from './faults.ts';
import { figures } from './figures.ts';
import { modelLimits } from './modelLimits.ts';
import { names } from './names.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import { refusals } from './refusals.ts';
import type { Scenario, ScenarioTable } from './scenario.ts';
import { states } from './states.ts';

/** Every scenario of a key on a New API origin, by name. */
export const scenarios: ScenarioTable = {
  ...states,
  ...figures,
  ...names,
  ...modelLimits,
  ...envelopes,
  ...refusals,
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};

/** The scenario of a name. */
export function scenario(name: string): Scenario {
  const found = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (!found) throw new Error(`there is no scenario ${name}`);
  return found;
}
