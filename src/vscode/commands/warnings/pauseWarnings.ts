import * as l10n from '@vscode/l10n';
import { HOUR_MS, isoTime } from '../../../core/time.ts';
import { clockText } from '../../../text/time.ts';
import { pickOne } from '../../host/forms.ts';
import { shownItem } from '../../host/shownItem.ts';
import { switchWarningsOn } from '../../host/warningSettings.ts';
import { booleanMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { muteDurationFromMembers, muteMembers } from './muteArgument.ts';

const MORNING_HOUR = 9;

/**
 * `keyQuota.pauseWarnings`: no warnings in any window, for a while or until they are resumed. By argument `{ hours |
 * until }` or `{ forever: true }` → `{ until }`, which is null for `forever`. Status bar and tree are not affected.
 */
export const pauseWarnings = defineCommand({
  palette: 'always',
  icon: 'bell-slash',
  menus: [{ menu: 'view/title', group: '3_warnings@2' }],
  argument: {
    members: { ...muteMembers, forever: booleanMember },
    exclusive: [['hours', 'until', 'forever']],
  },
  run: async ({ muteService, clock }, { members }) => {
    const now = clock.now();
    const lastsMs = members.forever
      ? 'forever'
      : (muteDurationFromMembers(members, now) ?? (await askPauseDuration(now)));
    if (lastsMs === undefined) return undefined;
    await muteService.pause(lastsMs);
    return { until: lastsMs === 'forever' ? null : isoTime(now + lastsMs) };
  },
});

/** `keyQuota.resumeWarnings`: ends every pause and snooze, and turns the setting for warnings on. */
export const resumeWarnings = defineCommand({
  palette: 'always',
  icon: 'bell',
  menus: [{ menu: 'view/title', group: '3_warnings@3' }],
  run: async ({ muteService }) => {
    await muteService.resume();
    await switchWarningsOn();
  },
});

async function askPauseDuration(now: number): Promise<number | 'forever' | undefined> {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  const items = [
    shownItem({ label: l10n.t('For an Hour'), description: clockText(now + HOUR_MS, now), lastsMs: HOUR_MS }),
    shownItem({
      label: l10n.t('Until Tomorrow'),
      description: clockText(morning.getTime(), now),
      lastsMs: morning.getTime() - now,
    }),
    shownItem({ label: l10n.t('Until I Resume Them'), lastsMs: 'forever' as const }),
  ];
  const title = l10n.t('Pause All Warnings');
  const placeHolder = l10n.t('Status bar and tree go on showing the state of your keys.');
  return (await pickOne<(typeof items)[number]>(items, { title, placeHolder }))?.lastsMs;
}
