import { areFiguresHidden } from '../../text/hiddenFigures.ts';
import { writeSetting } from '../host/settingValues.ts';
import { booleanMember } from './argumentSchema.ts';
import { defineCommand } from './command.ts';

/**
 * `keyQuota.hideFigures`: hides all figures in all views and windows, as while a screen is shared, or shows them again. By
 * argument `{ hidden }` → whether they are hidden now.
 */
export const hideFigures = defineCommand({
  palette: 'always',
  icon: 'eye-closed',
  menus: [{ menu: 'view/title', group: '7_look@2' }],
  argument: { members: { hidden: booleanMember } },
  run: async (_parts, { members }) => {
    const hidden = members.hidden ?? !areFiguresHidden();
    await writeSetting('hideFigures', hidden);
    return hidden;
  },
});
