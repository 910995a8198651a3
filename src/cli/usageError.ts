/** The command was called in a way that it does not know; the message says which. */
export class UsageError extends Error {}

/** Whether `node:util`'s `parseArgs` threw it. */
export function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
