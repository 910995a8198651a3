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
  /** Shows above the keys which warnings are muted. */
  readonly showMuteNote: (text: string | undefined) => void;
}

/** How often pauses and snoozes are read again: another window may have begun or ended one, or it may be over. */
const PAUSE_CHECK_MS = 20 * SECOND_MS;

/** Starts warnings in this window, by the user's current settings. */
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
    callOff = clock.after(PAUSE_CHECK_MS, updateMuteNote);
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
