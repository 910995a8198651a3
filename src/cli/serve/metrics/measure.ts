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
  const gateways = new Map<BaseUrl, Set<string>>();
  const known = measuredKeys.get(parts) ?? new WeakMap<KeyState, MeasuredKey>();
  measuredKeys.set(parts, known);
  const keys = snapshot().flatMap(state => {
    const id = ids.get(state.id);
    if (id === undefined) return [];
    const baseUrl = baseUrlOf(state);
    gateways.set(baseUrl, (gateways.get(baseUrl) ?? new Set()).add(state.kind));
    const key = known.get(state) ?? measuredKeyOf(state, id, parts);
    known.set(state, key);
    return [key];
  });
  const limiters = store.view(() => {
    const found = new Map<string, MeasuredLimiter>();
    const bookings = [...gateways].flatMap(([baseUrl, kinds]) => {
      const all = [...kinds].flatMap(kind => Object.entries(gatewayOf(kind)?.limiters ?? {}));
      return [...new Map(all)].map(([name, limiter]) => ({ baseUrl, name, limiter }));
    });
    for (const { baseUrl, name, limiter } of bookings) {
      const own = ownLimiter({ store, settings: () => settings }, baseUrl, name, limiter, at);
      const labels = { server_address: addressOf(baseUrl), limiter: name };
      const id = JSON.stringify(labels);
      const before = found.get(id);
      found.set(id, {
        labels,
        called: calls.countOf(baseUrl, name, 'reserved') + (before?.called ?? 0),
        refused: calls.countOf(baseUrl, name, 'refused') + (before?.refused ?? 0),
        inWindow: store.requests.sentSince(baseUrl, name, at - own.windowMs).length + (before?.inWindow ?? 0),
        allowed: own.calls + (before?.allowed ?? 0),
      });
    }
    return [...found.values()];
  });
  return { keys, limiters, version, now: at, monthBegins: settings.monthBegins };
}

function measuredKeyOf(state: KeyState, id: string, { withNames }: MeasureParts): MeasuredKey {
  const name = withNames && { key_name: state.label };
  return { state, labels: { key_id: id, ...name, server_address: addressOf(baseUrlOf(state)) } };
}
