/** How long a test waits for what has to come: a busy machine with one slow core takes so long to open a window. */
export const PATIENCE_MS = 60_000;
