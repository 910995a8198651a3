/** The command was called in a way that it does not know; the message says which. */
export class UsageError extends Error {}

/** What `node:util`'s `parseArgs` throws, in our words: its own go on about how arguments are told apart. */
const PARSE_ERRORS: Readonly<Record<string, (argument: string, message: string) => string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: argument => `There is no option “${argument}”.`,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: argument => `“${argument}” is an argument too many.`,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (argument, message) =>
    message.includes('does not take an argument')
      ? `“${argument}” takes no value.`
      : `“${argument}” needs a value.`,
};

/** What is said of arguments that are not known; undefined for an error of another kind. */
export function usageErrorText(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const [, argument = ''] = /'(?:-\w, )?([^']*?)(?: <value>)?'/.exec(error.message) ?? [];
  return PARSE_ERRORS[String(error.code)]?.(argument, error.message);
}
