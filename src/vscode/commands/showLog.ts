import { defineCommand } from './command.ts';

/** `keyQuota.showLog`: opens the log channel. */
export const showLog = defineCommand({
  palette: 'always',
  menus: [{ menu: 'view/title', group: '9_log' }],
  run: ({ log }) => log.show(),
});
