/** Exit codes of the command. */
export const exitCodes = {
  ok: 0,
  /** The check failed: a wrong configuration, a key below its threshold. */
  failed: 1,
  /** The command was called in a way that it does not know. */
  usage: 2,
  /** `EX_UNAVAILABLE`: nothing is known. */
  unavailable: 69,
} as const;
