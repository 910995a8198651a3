import type { EventEmitter } from 'node:events';
import type { Told } from './serveUntilEnd.ts';

/**
 * What signals tell a server, one after the other: SIGHUP to read its configuration anew, SIGTERM and SIGINT to end, which
 * goes first. A second one of these ends the process at once, as without us.
 *
 * @param isInTerminal the terminal that it was started in says by SIGHUP that it was closed.
 */
export function toldBySignals(signals: EventEmitter, isInTerminal: boolean): () => Promise<Told> {
  let told: Told | undefined;
  let wake: () => void = () => undefined;
  const end = () => {
    told = 'end';
    signals.off('SIGTERM', end).off('SIGINT', end);
    wake();
  };
  const reload = () => {
    told ??= 'reload';
    wake();
  };
  signals.on('SIGTERM', end).on('SIGINT', end);
  signals.on('SIGHUP', isInTerminal ? end : reload);
  return async () => {
    while (told === undefined) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    const next = told;
    if (next === 'reload') told = undefined;
    return next;
  };
}
