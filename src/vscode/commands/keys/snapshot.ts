import { defineCommand } from '../command.ts';

/**
 * `keyQuota.snapshot` → the states of all keys as they are known now; asks no gateway. For extensions in another extension
 * host, which `activate()` gives nothing: commands work across hosts.
 */
export const snapshot = defineCommand({
  palette: 'never',
  run: ({ monitor }) => monitor.snapshot,
});
