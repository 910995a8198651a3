import * as l10n from '@vscode/l10n';
import type { Failure } from '../core/quota/failure.ts';
import { clockText } from './time.ts';

/**
 * Says that a gateway has just asked for a pause, to a person who waits for its answer: `https://gw.example asks for a
 * pause. Try again from 12:10 PM on.` The pause may be shorter: a refusal can leave us less of what the gateway allows.
 *
 * @param now Milliseconds since 1970.
 */
export function pauseText({ until }: Failure, baseUrl: string, now: number): string {
  return until === undefined || until <= now
    ? l10n.t('{0} is limiting requests. Try again in a few minutes.', baseUrl)
    : l10n.t('{0} is limiting requests. Try again from {1} on.', baseUrl, clockText(until, now));
}
