import type { Command } from './command.ts';

/** `keyQuota.showLog`: opens the log channel. */
export const showLog: Command = {
  palette: 'always',
  menus: [{ menu: 'view/title', group: '9_log' }],
  run: ({ log }) => log.show(),
};
