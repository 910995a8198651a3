import { readKey } from './key.ts';
import { readUsage } from './usage.ts';

/** What is loaded once LiteLLM is asked; see `Gateway` for each. */
export { readKey as readQuota, readUsage };
