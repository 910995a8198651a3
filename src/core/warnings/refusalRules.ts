import { LASTING_CLASSES } from '../quota/failure.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { ThresholdRule } from './thresholdRule.ts';

/**
 * Whether the gateway refuses a key for good: it does not accept it, or has disabled it. Each is an episode
 * of its own, which ends with a good answer or with another secret.
 */
export function refusalRules(key: KeyState, fingerprint: string, isCurrent: boolean): ThresholdRule[] {
  return LASTING_CLASSES.map(refusal => ({
    keyId: key.id,
    kind: 'refused',
    name: refusal,
    thresholds: [0],
    // A key ring that does not answer says nothing about the key.
    isCrossed: () => key.failure?.class === refusal && key.failure.reason !== 'secret-unanswered',
    isLeft: () => isCurrent,
    of: fingerprint,
    isSame: of => of === fingerprint,
    severity: () => 'error',
  }));
}
