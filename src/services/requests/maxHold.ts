import { DAY_MS } from '../../core/time.ts';

/** The longest hold: however long a pause a gateway asks for, it is asked again a day later. */
export const MAX_HOLD_MS = DAY_MS;
