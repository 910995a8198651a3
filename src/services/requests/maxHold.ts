/** However long a gateway asks us to stay away, a day later it is worth a look. */
export const MAX_HOLD_MS = 86_400_000;
