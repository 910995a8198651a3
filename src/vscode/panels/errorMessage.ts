import { toUserError } from '../../services/databaseErrors.ts';

/** What is said of an error to the person at a page. */
export function errorMessage(error: unknown): string {
  const told = toUserError(error);
  return told instanceof Error ? told.message : String(told);
}
