import { describedKind } from '../../../../src/gateways/described/described.ts';
import { setDescriptions } from '../../../../src/gateways/described/descriptions.ts';
import type { KeyDraft } from '../../../../src/services/keys/keyDraft.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { TestWindow, type TestWindowOptions } from '../../support/testWindow.ts';

/** A window whose user has described these gateways; its clock stands at noon (UTC) of Monday, June 15, 2026. */
export function openDescribed(descriptions: unknown, options: TestWindowOptions = {}): TestWindow {
  setDescriptions(descriptions);
  return new TestWindow({ clock: new ManualClock(), ...options });
}

/** A key of a described gateway as a person would enter it. */
export function describedDraft(name: string, origin: string, more: Partial<KeyDraft> = {}): KeyDraft {
  return {
    label: 'mine',
    kind: describedKind(name),
    baseUrl: origin,
    credential: 'apiKey',
    secret: SECRET,
    ...more,
  };
}

export const SECRET = secretFor('described');
