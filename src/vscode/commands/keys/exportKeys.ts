import { lazyImport } from '../../../core/lazyImport.ts';
import { defineCommand } from '../command.ts';

/**
 * `keyQuota.exportKeys`: saves the keys that are ticked, with their secrets in an encrypted file, or names and addresses
 * alone as JSON → `{ file }`. It takes no argument: only a person can tick and give a passphrase.
 */
export const exportKeys = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/title', group: '4_import@2' }],
  run: async parts => {
    const { exportByForm } = await lazyImport(() => import('./exportForm.ts'));
    return exportByForm(parts);
  },
});
