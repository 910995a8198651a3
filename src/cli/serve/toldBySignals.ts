import type { EventEmitter } from 'node:events';
import type { Told } from './serveUntilEnd.ts';

/**
 * Turns signals into requests, one after the other: SIGHUP reloads the configuration; SIGTERM and SIGINT end the
 * server, and go first. A second one of these ends the process at once, as by default.
 *
 * @param isInTerminal whether it runs in a terminal, where SIGHUP means that the terminal was closed.
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
