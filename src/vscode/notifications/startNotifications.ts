import type { Settings } from '../../core/ports/settings.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Warning } from '../../core/warnings/warning.ts';
import { webPageOf } from '../../gateways/webPageOf.ts';
import { msToNextLook } from '../../services/msToNextLook.ts';
import type { MuteService } from '../../services/warnings/muteService.ts';
import { WarningService, type WarningServiceParts } from '../../services/warnings/warningService.ts';
import { onSettingsChange } from '../host/settings.ts';
import { readWarningRules } from '../host/warningSettings.ts';
import { muteText } from './muteText.ts';
import { showWarnings } from './notifications.ts';

export interface NotificationParts extends Omit<WarningServiceParts, 'rules' | 'show' | 'muteService'> {
  readonly muteService: MuteService;
  readonly settings: () => Pick<Settings, 'low' | 'gateways'>;
  /** Posts what this window shows to the user's webhook, if there is one. */
  readonly postToWebhook: (warnings: readonly Warning[]) => Promise<void>;
  /** Shows above the keys which warnings are muted. */
  readonly showMuteNote: (text: string | undefined) => void;
}

/** Starts warnings in this window, by the user's current settings. */
export function startNotifications({
  settings,
  showMuteNote: note,
  postToWebhook,
  ...parts
}: NotificationParts): {
  dispose(): void;
} {
  const { store, clock, log, muteService, activity } = parts;
  let rules = readWarningRules(settings().low);
  const alerting = new WarningService({
    ...parts,
    rules: () => rules,
    show: warnings => {
      const hasTopUpPage = (key: KeyState) => webPageOf('topUp', key, settings()) !== undefined;
      const isThere = (id: string) => store.keys.findKey(id) !== undefined;
      showWarnings(warnings, clock.now(), hasTopUpPage, isThere).catch(error =>
        log.warn(`A warning's answer failed: ${String(error)}`),
      );
      postToWebhook(warnings).catch(error =>
        log.warn(`A warning was not posted to the webhook: ${String(error)}`),
      );
    },
  });
  let callOff: () => void = () => undefined;
  /**
   * Updated from time to time as well: another window may have begun or ended a pause or snooze, or one may be over.
   */
  const updateMuteNote = () => {
    try {
      const { pausedUntil, snoozedKeys: snoozed } = muteService;
      note(muteText({ isOn: rules.enabled, pausedUntil, snoozed }, clock.now()));
    } catch (error) {
      log.warn(`Whether warnings are paused could not be read: ${String(error)}`);
    }
    callOff();
    callOff = clock.after(msToNextLook(clock.now(), activity.focused), updateMuteNote);
  };
  updateMuteNote();
  const subscriptions = [
    alerting,
    muteService.onDidChange(updateMuteNote),
    activity.onDidFocus(updateMuteNote),
    onSettingsChange(() => {
      rules = readWarningRules(settings().low);
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
