import { DAY_MS } from '../../core/time.ts';

/** However long a gateway asks us to stay away, a day later it is worth a look. */
export const MAX_HOLD_MS = DAY_MS;
