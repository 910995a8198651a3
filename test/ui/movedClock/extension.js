// JavaScript, because a development extension is loaded as it is.
import { commands } from 'vscode';

const RealDate = Date;
const { setTimeout: setRealTimer, clearTimeout: clearRealTimer } = globalThis;
/** Shorter ones wait for something that happens now. */
const LEAST_MS = 4000;
/** The product’s own timers alone: those of VS Code watch over what really happens. */
const OURS = /key-quota\.key-quota/;

let aheadMs = 0;
const now = () => RealDate.now() + aheadMs;

class MovedDate extends RealDate {
  /** @param {any[]} args */
  constructor(...args) {
    if (args.length === 0) super(now());
    // @ts-expect-error: it passes on whatever it is given.
    else super(...args);
  }

  static now() {
    return now();
  }
}

/** @type {Map<object, { readonly run: () => void, readonly at: number }>} */
const waiting = new Map();

/** @type {(run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => unknown} */
function setTimer(run, ms = 0, ...args) {
  if (ms < LEAST_MS || !OURS.test(new Error().stack ?? '')) return setRealTimer(run, ms, ...args);
  const timer = { ref: () => timer, unref: () => timer, hasRef: () => true };
  waiting.set(timer, { run: () => run(...args), at: now() + ms });
  return timer;
}

/** Runs what has become due, the oldest first. */
function runDue() {
  for (;;) {
    const [first] = [...waiting].filter(([, { at }]) => at <= now()).sort(([, a], [, b]) => a.at - b.at);
    if (!first) return;
    waiting.delete(first[0]);
    first[1].run();
  }
}

/**
 * Moves the clock and the timers of the product in this window.
 * @param {import('vscode').ExtensionContext} context
 */
export function activate({ subscriptions }) {
  Object.assign(globalThis, {
    Date: MovedDate,
    setTimeout: Object.assign(setTimer, setRealTimer),
    clearTimeout: (/** @type {any} */ timer) => {
      if (!waiting.delete(timer)) clearRealTimer(timer);
    },
  });
  const ticking = setInterval(runDue, 50);
  subscriptions.push(
    { dispose: () => clearInterval(ticking) },
    commands.registerCommand('movedClock.advance', (/** @type {number} */ ms) => {
      aheadMs += ms;
      runDue();
    }),
  );
}
