import type { LowRule } from '../../core/quota/low.ts';
import { SECOND_MS } from '../../core/time.ts';
import type { MuteService } from '../../services/warnings/muteService.ts';
import { WarningService, type WarningServiceParts } from '../../services/warnings/warningService.ts';
import { onSettingsChange } from '../host/settings.ts';
import { readWarningRules } from '../host/warningSettings.ts';
import { muteText } from './muteText.ts';
import { showWarnings } from './notifications.ts';

export interface NotificationParts extends Omit<WarningServiceParts, 'rules' | 'show' | 'muteService'> {
  readonly muteService: MuteService;
  readonly low: () => LowRule;
  /** Says above the keys which warnings do not come at present. */
  readonly showMuteNote: (text: string | undefined) => void;
}

/** How often it is looked whether another window has begun or ended a pause or snooze, or time has ended one. */
const LOOK_MS = 20 * SECOND_MS;

/** Lets warnings be heard in this window, by the user's settings as they are now. */
export function startNotifications({ low, showMuteNote: note, ...parts }: NotificationParts): {
  dispose(): void;
} {
  const { clock, log, muteService } = parts;
  let rules = readWarningRules(low());
  const alerting = new WarningService({
    ...parts,
    rules: () => rules,
    show: warnings => {
      showWarnings(warnings, clock.now()).catch(error =>
        log.warn(`A warning's answer failed: ${String(error)}`),
      );
    },
  });
  let callOff: () => void = () => undefined;
  const updateMuteNote = () => {
    try {
      const { pausedUntil, snoozedKeys: snoozed } = muteService;
      note(muteText({ isOn: rules.enabled, pausedUntil, snoozed }, clock.now()));
    } catch (error) {
      log.warn(`Whether warnings are paused could not be read: ${String(error)}`);
    }
    callOff();
    callOff = clock.after(LOOK_MS, updateMuteNote);
  };
  updateMuteNote();
  const subscriptions = [
    alerting,
    muteService.onDidChange(updateMuteNote),
    onSettingsChange(() => {
      rules = readWarningRules(low());
      updateMuteNote();
      alerting.evaluateSoon();
    }),
  ];
  return {
    dispose() {
      callOff();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
