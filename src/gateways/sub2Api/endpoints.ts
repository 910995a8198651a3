import { readKey } from './key.ts';
import { isPublicSettings, readSite } from './publicSettings.ts';
import { readUsage } from './usage.ts';

/** What is loaded once Sub2API is asked; see `Gateway` for each. */
export { isPublicSettings, readKey as readQuota, readSite, readUsage };
