import type { Failure } from '../core/quota/failure.ts';
import { clockText } from './time.ts';
import { t } from './translate.ts';

/** A pause that a gateway asked for just now, while somebody waits for its answer. */
export function pauseText({ until }: Failure, origin: string, now: number): string {
  return until === undefined || until <= now
    ? t('{0} asks for a pause. Try again in some minutes.', origin)
    : t('{0} asks for a pause until {1}.', origin, clockText(until, now));
}
