import { baseUrlOf } from '../../core/input/baseUrl.ts';
import type { LogTurn } from '../../core/ledger/fillPlan.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Secrets } from '../../core/ports/secrets.ts';
import { UNFOCUSED_DELAY_MS, type WindowActivity } from '../../core/ports/windowActivity.ts';
import { type Failure, isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { SECOND_MS } from '../../core/time.ts';
import { credentialSpecOf, type SpendLog } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { msToNextLook } from '../msToNextLook.ts';
import type { Monitor } from '../polling/monitor.ts';
import type { RequestParts } from '../requests/requestParts.ts';
import { claimLog } from './claimLog.ts';
import { logTurnOf } from './logTurn.ts';
import { readLog } from './readLog.ts';

export interface LedgerFillParts extends RequestParts {
  readonly secrets: Pick<Secrets, 'read'>;
  readonly activity: WindowActivity;
  readonly monitor: Pick<Monitor, 'snapshot' | 'pollOptions'>;
  /** See `MonitorParts.isReachable`. */
  readonly isReachable: (baseUrl: string) => boolean;
  /** See `MonitorParts.isWatched`. */
  readonly isWatched?: () => boolean;
  /** Called when a key's spend was taken in. */
  readonly onTakenIn?: (keyId: string) => void;
}

/** A key whose log can be read. */
interface Readable {
  readonly state: KeyState;
  readonly gateway: Gateway;
  readonly log: SpendLog;
}

interface Planned {
  readonly reading: Reading | undefined;
  readonly turn: LogTurn | undefined;
}

/** Reads the logs of keys into the ledger, each when it is due, one at a time in each window. */
export class LedgerFill {
  readonly #parts: LedgerFillParts;
  /** The turn of each key, by the reading that it follows from. */
  readonly #planned = new Map<string, Planned>();
  /** Until when there is no room, by site, limiter and how urgent it is. */
  readonly #heldUntil = new Map<string, number>();
  readonly #abortController = new AbortController();
  readonly #subscription: { dispose(): unknown };
  #running: Promise<void> = Promise.resolve();
  #isReading = false;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: LedgerFillParts) {
    this.#parts = parts;
    this.#subscription = parts.activity.onDidFocus(() => {
      if (!this.#isReading) this.#schedule();
    });
    this.#schedule();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#cancelTimer();
    this.#abortController.abort();
  }

  /** Resolves when nothing is read. */
  idle(): Promise<void> {
    return this.#running;
  }

  #schedule(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.clock.after(this.#msToNext(), () => {
      this.#isReading = true;
      this.#running = this.#readDue().then(() => {
        this.#isReading = false;
        if (!this.#abortController.signal.aborted) this.#schedule();
      });
    });
  }

  /** The usual time, or less where there may be room earlier: polls would take each call as soon as it is free. */
  #msToNext(): number {
    const { clock, activity } = this.#parts;
    const now = clock.now();
    for (const [line, until] of this.#heldUntil) if (until <= now) this.#heldUntil.delete(line);
    const soonest = Math.min(...[...this.#heldUntil.values()].map(until => until - now));
    return Math.max(SECOND_MS, Math.min(msToNextLook(now, activity.focused), soonest));
  }

  async #readDue(): Promise<void> {
    const { log, monitor, isWatched } = this.#parts;
    try {
      if (!this.#mayAsk() || isWatched?.() === false) return;
      for (const each of this.#due(monitor.snapshot)) await this.#read(each);
    } catch (error) {
      log.warn(`Logs could not be read for the ledger: ${String(error)}`);
    }
  }

  /** See `PollScheduler`: windows that do not share a database must not each spend a whole budget. */
  #mayAsk(): boolean {
    const { store, activity } = this.#parts;
    return store.trouble?.kind !== 'locked' && (store.shared || activity.focused);
  }

  /** Those whose rows would be lost first, then those that are due for longest. */
  #due(snapshot: readonly KeyState[]): readonly Readable[] {
    const { clock, activity } = this.#parts;
    const now = clock.now() - (activity.focused ? 0 : UNFOCUSED_DELAY_MS);
    const due = snapshot.flatMap(state => {
      const readable = readableOf(state);
      const turn = readable && this.#turnOf(readable);
      return readable && turn && turn.dueAt <= now ? [{ readable, turn }] : [];
    });
    for (const keyId of this.#planned.keys())
      if (!snapshot.some(({ id }) => id === keyId)) this.#planned.delete(keyId);
    return due
      .sort(
        (a, b) =>
          Number(b.turn.losesRows) - Number(a.turn.losesRows) ||
          Number(b.readable.state.pinned) - Number(a.readable.state.pinned) ||
          a.turn.dueAt - b.turn.dueAt,
      )
      .map(({ readable }) => readable);
  }

  #turnOf({ state, log }: Readable): LogTurn | undefined {
    const { id, reading } = state;
    const planned = this.#planned.get(id);
    if (planned && planned.reading === reading) return planned.turn;
    const { store, clock } = this.#parts;
    const turn = logTurnOf(store, id, log, state, clock.now());
    this.#planned.set(id, { reading, turn });
    return turn;
  }

  async #read(readable: Readable): Promise<void> {
    const { secrets, store, clock, log, monitor, isReachable, onTakenIn } = this.#parts;
    const { state, gateway } = readable;
    const { signal } = this.#abortController;
    if (signal.aborted || !isReachable(state.origin)) return;
    const losesRows = this.#turnOf(readable)?.losesRows ?? false;
    const line = `${baseUrlOf(state)} ${readable.log.limiter} ${losesRows}`;
    if ((this.#heldUntil.get(line) ?? 0) > clock.now()) return;
    const bound = await secrets.read(state.id);
    const key = store.keys.findKey(state.id);
    if (typeof bound !== 'object' || !key || bound.baseUrl !== key.baseUrl) return;
    const pollOptions = monitor.pollOptions(state.id, readable.log.limiter);
    const claim = await store.retryWhileLocked(() =>
      claimLog(this.#parts, key, gateway, readable.log, clock.now(), { pollOptions }),
    );
    this.#planned.delete(state.id);
    if ('freeAt' in claim) this.#heldUntil.set(line, claim.freeAt);
    if ('refused' in claim) return;
    try {
      const told = await readLog(this.#parts, key, gateway, readable.log, bound, {
        signal,
        readAt: claim.readAt,
      });
      if (told) onTakenIn?.(state.id);
    } catch (error) {
      if (!signal.aborted)
        log.info(`The log of “${key.label}” was not read: ${describe(error, log.failureWords)}`);
    } finally {
      this.#planned.delete(state.id);
    }
  }
}

/** The log of a key is not read while its gateway refuses the key. */
function readableOf(state: KeyState): Readable | undefined {
  const gateway = gatewayOf(state.kind);
  // Logs of served keys are not read.
  const isAsked = gateway && !state.readFrom?.isServer;
  const log = isAsked && credentialSpecOf(gateway, state.credential)?.spendLog;
  if (!gateway || !log || !state.reading || isPaused(state)) return undefined;
  return state.status === 'disabled' || state.status === 'invalid' ? undefined : { state, gateway, log };
}

function describe(error: unknown, wordsOf: Log['failureWords']): string {
  const failure = (error as { readonly failure?: Failure }).failure;
  if (!failure) return String(error);
  return wordsOf?.(failure) ?? `${failure.class} (${failure.reason})`;
}
