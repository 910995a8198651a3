import { encodings } from './encodings.ts';
import { envelopes } from './envelopes.ts';
import { faults } from './faults.ts';
import { figures } from './figures.ts';
import { modelLimits } from './modelLimits.ts';
import { names } from './names.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import { refusals } from './refusals.ts';
import type { ScenarioTable } from './scenario.ts';
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
