import type { KeyState } from '../../../core/quota/keyState.ts';

type Labels = Readonly<Record<string, string>>;

/** One value of a family, with its labels. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** A key as metrics show it. */
export interface MeasuredKey {
  readonly state: KeyState;
  /** `key_id`, `key_name` and `server_address`. */
  readonly labels: Labels;
}

/** How much of a limiter of a gateway is used. */
export interface MeasuredLimiter {
  /** `server_address` and `limiter`. */
  readonly labels: Labels;
  readonly called: number;
  readonly refused: number;
  readonly inWindow: number;
  readonly allowed: number;
}

/** The data that metrics are made from: only what is known, without asking anybody. */
export interface Measured {
  readonly keys: readonly MeasuredKey[];
  readonly limiters: readonly MeasuredLimiter[];
  readonly version: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly monthBegins: number;
}

/** The units of OpenTelemetry: `1` is a ratio, `s` seconds since 1970, and in braces is what is counted. */
type FamilyUnit = '1' | 's' | `{${string}}` | '';

/** One metric with all its samples. What is not known has no sample, and never 0. */
export interface Family {
  /** As Prometheus scrapes it. */
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly unit: FamilyUnit;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly samples: (measured: Measured) => readonly Sample[];
}

const KEY_LABELS = ['key_id', 'key_name', 'server_address'] as const;
export const LIMITER_LABELS = ['server_address', 'limiter'] as const;

/** A value of a key, with labels beside those of all keys; undefined where it is not known. */
export interface KeyValue {
  readonly value: number | undefined;
  readonly more?: Labels;
}

/** A family with values of keys. */
export function keyFamily(
  head: Omit<Family, 'labelNames' | 'samples' | 'type'> & { readonly more?: readonly string[] },
  valuesOf: (state: KeyState, measured: Measured) => readonly KeyValue[],
): Family {
  const { more: moreNames = [], ...rest } = head;
  return {
    ...rest,
    type: 'gauge',
    labelNames: [...KEY_LABELS, ...moreNames],
    samples: measured =>
      measured.keys.flatMap(({ state, labels }) =>
        valuesOf(state, measured).flatMap(({ value, more }) =>
          value === undefined || !Number.isFinite(value)
            ? []
            : [{ labels: more ? { ...labels, ...more } : labels, value }],
        ),
      ),
  };
}
