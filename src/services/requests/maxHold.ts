import { DAY_MS } from '../../core/time.ts';

/** The longest hold in milliseconds: a gateway is asked again after a day, whatever pause it asks for. */
export const MAX_HOLD_MS = DAY_MS;
