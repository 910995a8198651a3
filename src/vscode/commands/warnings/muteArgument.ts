import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { HOUR_MS } from '../../../core/time.ts';
import { type Members, withErrorText } from '../argumentSchema.ts';

const MAX_HOURS = 24 * 366;

/** How long warnings are to be muted, as members of an argument. */
export const muteMembers = {
  hours: withErrorText(v.pipe(v.number(), v.gtValue(0), v.maxValue(MAX_HOURS)), () =>
    l10n.t('“hours” must be a number above 0, a year at most.'),
  ),
  until: withErrorText(v.string(), untilRequired),
};

/** The duration that the members say, in milliseconds; undefined where they say none. */
export function muteDurationFromMembers(
  { hours, until }: Members<typeof muteMembers>,
  now: number,
): number | undefined {
  if (hours !== undefined) return hours * HOUR_MS;
  if (until === undefined) return undefined;
  const lastsMs = Date.parse(until) - now;
  if (lastsMs > 0 && lastsMs <= MAX_HOURS * HOUR_MS) return lastsMs;
  throw new Error(untilRequired());
}

function untilRequired(): string {
  return l10n.t('“until” must be a moment in the coming year, such as 2026-06-01T09:00:00Z.');
}
