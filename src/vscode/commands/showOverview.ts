import { defineCommand } from './command.ts';

/** `keyQuota.showOverview`: opens the overview of all keys in a panel. It asks no gateway. */
export const showOverview = defineCommand({
  palette: 'always',
  icon: 'dashboard',
  menus: [{ menu: 'view/title', group: 'navigation@4' }],
  run: ({ panels }) => panels.overview.show(),
});
