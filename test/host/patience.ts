/**
 * The timeout of a test for an event that must come, in milliseconds: a busy machine with one slow core takes this long
 * to open a window.
 */
export const PATIENCE_MS = 60_000;
