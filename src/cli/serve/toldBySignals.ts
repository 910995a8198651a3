import type { EventEmitter } from 'node:events';
import { systemClock } from '../../services/systemClock.ts';
import type { ServeParts, Told } from './serveUntilEnd.ts';

/**
 * Turns signals into requests, one after the other: SIGHUP reloads the configuration; SIGTERM and SIGINT end the
 * server, and go first. A second one of these ends the process at once, as by default. Listens in place of all who did
 * before: `start.cjs` listens while there is nothing yet to be ended in good order.
 *
 * @param isInTerminal whether it runs in a terminal, where SIGHUP means that the terminal was closed.
 */
export function toldBySignals(signals: EventEmitter, isInTerminal: boolean): ServeParts['nextTold'] {
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
  const listeners = { SIGTERM: end, SIGINT: end, SIGHUP: isInTerminal ? end : reload };
  for (const [name, listener] of Object.entries(listeners)) {
    const before = signals.listeners(name);
    // First, since without any listener Node forgets a signal that has come and was not handed on yet.
    signals.on(name, listener);
    for (const each of before) signals.off(name, each as () => void);
  }
  return async withinMs => {
    let isLate = false;
    const cancel =
      withinMs === undefined
        ? undefined
        : systemClock.after(withinMs, () => {
            isLate = true;
            wake();
          });
    while (told === undefined && !isLate) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    cancel?.();
    const next = told;
    if (next === 'reload') told = undefined;
    return next;
  };
}
