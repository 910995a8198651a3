import type { CommandHandler } from './commandParts.ts';

/** `keyQuota.showLog`: opens the log channel. */
export const showLog: CommandHandler = ({ log }) => log.show();
