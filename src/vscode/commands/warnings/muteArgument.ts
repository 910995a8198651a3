import * as l10n from '@vscode/l10n';
import { HOUR_MS } from '../../../core/time.ts';

const MAX_HOURS = 24 * 366;

/** How long a silence lasts by a command's argument, `{ hours }` or `{ until }`; undefined: it does not say. */
export function muteDurationFromArgument(argument: unknown, now: number): number | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { hours, until } = argument as Readonly<Record<string, unknown>>;
  if (hours !== undefined) {
    if (typeof hours === 'number' && hours > 0 && hours <= MAX_HOURS) return hours * HOUR_MS;
    throw new Error(l10n.t('“hours” has to be a number above 0, a year at most.'));
  }
  if (until === undefined) return undefined;
  const lastsMs = typeof until === 'string' ? Date.parse(until) - now : Number.NaN;
  if (lastsMs > 0 && lastsMs <= MAX_HOURS * HOUR_MS) return lastsMs;
  throw new Error(l10n.t('“until” has to be a moment in the coming year, such as 2026-06-01T09:00:00Z.'));
}
