import { staleAfter } from '../../../src/core/quota/freshness.ts';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { evaluateRules, type WarningSubject } from '../../../src/core/warnings/evaluateRules.ts';
import type { Mute } from '../../../src/core/warnings/mute.ts';
import { WARNING_KINDS, type Warning } from '../../../src/core/warnings/warning.ts';
import type { KeyRules, WarningRules } from '../../../src/core/warnings/warningRules.ts';
import { keyState, MINUTE, NOW, quota, reading } from './samples.ts';

/** As the settings are delivered. */
export const RULES: WarningRules = {
  enabled: true,
  kinds: new Set(WARNING_KINDS.filter(kind => kind !== 'refill')),
  expiryDays: [7, 3, 1],
  percents: [20, 5],
  amounts: { USD: [1, 0.25], CNY: [7, 1.75] },
  spendFactor: 3,
  smallSpend: { USD: 1, CNY: 7 },
  limitPercents: [80, 100],
  monthBegins: 1,
};

/** A key that was checked at this moment and is checked every five minutes. */
export function checkedKey(now: number, more: Partial<KeyState> = {}): KeyState {
  const checkedAt = new Date(now).toISOString();
  const nextCheckAt = new Date(now + 5 * MINUTE).toISOString();
  const { reading: figures = reading({ quota: quota(15, 20), expiresAt: null }), ...others } = more;
  return keyState({
    checkedAt,
    nextCheckAt,
    reading: { ...figures, takenAt: checkedAt },
    ...others,
  });
}

/** A key of which so many per cent are left. */
export function keyWith(percent: number, now: number, more: Partial<KeyState> = {}): KeyState {
  return checkedKey(now, { reading: reading({ quota: quota(percent, 100), expiresAt: null }), ...more });
}

/** A key that ends so many milliseconds after `NOW`. */
export function endingKey(ms: number, now: number, more: Partial<KeyState> = {}): KeyState {
  const expiresAt = new Date(NOW + ms).toISOString();
  return checkedKey(now, { reading: reading({ quota: quota(15, 20), expiresAt }), ...more });
}

/** A key that is asked every five minutes. */
const USUAL = { staleAfterMs: staleAfter(5 * MINUTE), fingerprint: 'f1' };
type Subject = Omit<WarningSubject, keyof typeof USUAL> & Partial<typeof USUAL>;

/** The marks that all windows share, and what was shown: evaluates keys like a window that may show everything. */
export class WarningMemory {
  readonly marks = new Map<string, Map<string, string>>();
  readonly ownRules = new Map<string, KeyRules>();
  readonly snoozes = new Map<string, Mute>();
  readonly shown: { readonly at: number; readonly warning: Warning }[] = [];

  /** Judges keys, takes all marks, and returns the new warnings as `kind threshold`. */
  evaluate(now: number, keys: readonly (KeyState | Subject)[], rules: WarningRules = RULES): string[] {
    const subjects = keys.map(each => {
      const subject = 'key' in each ? each : { key: each };
      const { id } = subject.key;
      return { ...USUAL, ownRules: this.ownRules.get(id), snooze: this.snoozes.get(id), ...subject };
    });
    const { due, markChanges } = evaluateRules(subjects, this.marks, rules, now);
    for (const { keyId, name, mark } of [...markChanges, ...due.flatMap(({ firedMarks }) => firedMarks)]) {
      const ofKey = this.marks.get(keyId) ?? new Map<string, string>();
      this.marks.set(keyId, ofKey);
      if (mark === undefined) ofKey.delete(name);
      else ofKey.set(name, mark);
    }
    for (const { warning } of due) this.shown.push({ at: now, warning });
    return due.map(({ warning }) => `${warning.kind} ${warning.threshold}`);
  }
}
