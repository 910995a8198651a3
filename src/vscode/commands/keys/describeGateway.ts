import { lazyImport } from '../../../core/lazyImport.ts';
import { defineCommand } from '../command.ts';

/**
 * `keyQuota.describeGateway`: describes a gateway of an unknown kind, and adds a key of it. It takes no argument, so that
 * nobody but a person says where a key is sent.
 */
export const describeGateway = defineCommand({
  palette: 'always',
  run: async parts => {
    const { describeByForm } = await lazyImport(() => import('./describe/describeByForm.ts'));
    return describeByForm(parts);
  },
});
