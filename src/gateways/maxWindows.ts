/** The most quota windows that are kept of a key. */
export const MAX_WINDOWS = 13;
