import { lazyImport } from '../../../core/lazyImport.ts';
import { defineCommand } from '../command.ts';

/**
 * `keyQuota.importKeys`: finds keys on the clipboard, in files and in other programs, and adds those that are ticked →
 * `{ ids }`. It takes no argument: only a person can tick.
 */
export const importKeys = defineCommand({
  palette: 'always',
  menus: [{ menu: 'view/title', group: '4_import@1' }],
  run: async parts => {
    const { importByForm } = await lazyImport(() => import('./importForm.ts'));
    return importByForm(parts);
  },
});
