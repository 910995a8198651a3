import { addressOf, type BaseUrl, baseUrlOf } from '../../../core/input/baseUrl.ts';
import type { Settings } from '../../../core/ports/settings.ts';
import type { Store } from '../../../core/ports/store.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import { ownLimiter } from '../../../services/requests/ownLimiter.ts';
import { version } from '../../version.ts';
import type { CallCounter } from '../callCounter.ts';
import type { Measured, MeasuredKey, MeasuredLimiter } from './family.ts';

export interface MeasureParts {
  readonly store: Store;
  readonly settings: Settings;
  readonly snapshot: () => readonly KeyState[];
  /** The ids that others see, by those of the records. */
  readonly ids: ReadonlyMap<string, string>;
  readonly withNames: boolean;
  readonly calls: CallCounter;
  readonly now: () => number;
}

/** By key state: an unchanged state is the same object in the next snapshot, so its samples are reused. */
const measuredKeys = new WeakMap<MeasureParts, WeakMap<KeyState, MeasuredKey>>();

/** What metrics say now. Asks the database how much of each limiter is used, and no gateway. */
export function measure(parts: MeasureParts): Measured {
  const { store, settings, snapshot, ids, calls, now } = parts;
  const at = now();
  const gateways = new Map<BaseUrl, string>();
  const known = measuredKeys.get(parts) ?? new WeakMap<KeyState, MeasuredKey>();
  measuredKeys.set(parts, known);
  const keys = snapshot().flatMap(state => {
    const id = ids.get(state.id);
    if (id === undefined) return [];
    gateways.set(baseUrlOf(state), state.kind);
    const key = known.get(state) ?? measuredKeyOf(state, id, parts);
    known.set(state, key);
    return [key];
  });
  const limiters = store.view(() =>
    [...gateways].flatMap(([baseUrl, kind]) =>
      Object.entries(gatewayOf(kind)?.limiters ?? {}).map(([name, limiter]): MeasuredLimiter => {
        const own = ownLimiter({ store, settings: () => settings }, baseUrl, name, limiter, at);
        return {
          labels: { server_address: addressOf(baseUrl), limiter: name },
          called: calls.countOf(baseUrl, name, 'reserved'),
          refused: calls.countOf(baseUrl, name, 'refused'),
          inWindow: store.requests.sentSince(baseUrl, name, at - own.windowMs).length,
          allowed: own.calls,
        };
      }),
    ),
  );
  return { keys, limiters, version, now: at, monthBegins: settings.monthBegins };
}

function measuredKeyOf(state: KeyState, id: string, { withNames }: MeasureParts): MeasuredKey {
  const name = withNames && { key_name: state.label };
  return { state, labels: { key_id: id, ...name, server_address: addressOf(baseUrlOf(state)) } };
}
