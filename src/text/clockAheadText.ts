import * as l10n from '@vscode/l10n';
import type { Reading } from '../core/quota/reading.ts';
import { durationText } from './time.ts';

/**
 * Says that the clocks of this computer and of the gateway differ: `This computer’s clock is 60 minutes ahead of the
 * gateway’s. …`. Undefined while they agree.
 */
export function clockAheadText(reading: Reading | undefined): string | undefined {
  const ahead = reading?.clockAheadMs;
  if (ahead === undefined) return undefined;
  const by = durationText(Math.abs(ahead));
  return ahead > 0
    ? l10n.t(
        'This computer’s clock is {0} ahead of the gateway’s. Expiry and reset times follow the gateway’s.',
        by,
      )
    : l10n.t(
        'This computer’s clock is {0} behind the gateway’s. Expiry and reset times follow the gateway’s.',
        by,
      );
}
