import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/** Moonshot AI, the Kimi Open Platform: https://platform.moonshot.cn/docs/api/balance. A key works at one host alone. */
export const moonshot = singleCall({
  kind: 'moonshot',
  title: 'Moonshot AI',
  hosts: ['api.moonshot.cn', 'api.moonshot.ai'],
  regions: { 'api.moonshot.cn': 'china', 'api.moonshot.ai': 'global' },
  tells: 'account',
  chat: {},
  load: () => lazyImport(() => import('./endpoints.ts')),
});
