import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/** SiliconFlow: https://docs.siliconflow.cn/cn/api-reference/userinfo/get-user-info. Its hosts have separate accounts. */
export const siliconFlow = singleCall({
  kind: 'siliconFlow',
  title: 'SiliconFlow',
  hosts: ['api.siliconflow.cn', 'api.siliconflow.com'],
  regions: { 'api.siliconflow.cn': 'china', 'api.siliconflow.com': 'global' },
  tells: 'account',
  chat: {},
  load: () => lazyImport(() => import('./endpoints.ts')),
});
