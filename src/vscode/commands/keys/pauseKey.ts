import * as l10n from '@vscode/l10n';
import { isPaused } from '../../../core/quota/failure.ts';
import { defineCommand } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { ownKeyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.pauseKey`: the key's gateway is asked about it no more, until its checks are resumed. */
export const pauseKey = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['checked'], group: '1_check@5' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const title = l10n.t('Pause Key Checks');
    const nonePossible = l10n.t('The checks of all keys are already paused.');
    const key = await ownKeyFromIdOrPick(parts, members.id, title, each => !isPaused(each), nonePossible);
    // A key that is already paused keeps the time since when it is.
    if (key && key.pausedAt === undefined) await parts.keyService.checks.pause(key);
  },
});

/** `keyQuota.resumeKey`: the key is asked about again, at once. */
export const resumeKey = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['paused'], group: '1_check@5' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const title = l10n.t('Resume Key Checks');
    const nonePossible = l10n.t('No key’s checks are paused.');
    const key = await ownKeyFromIdOrPick(parts, members.id, title, isPaused, nonePossible);
    if (key && key.pausedAt !== undefined) await parts.keyService.checks.resume(key);
  },
});
