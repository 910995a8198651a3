/** What the command tells the shell. */
export const exitCodes = {
  ok: 0,
  /** What was looked for is wrong: a configuration, a key below its threshold. */
  failed: 1,
  /** The command was called in a way that it does not know. */
  usage: 2,
  /** `EX_UNAVAILABLE`: nothing is known, so nothing can be said. */
  unavailable: 69,
} as const;
