import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/**
 * The GLM Coding Plan of Zhipu and Z.ai. Its vendor does not document how to read what is left; the form of the answer
 * is known from other monitors.
 */
export const glmPlan = singleCall({
  kind: 'glmPlan',
  title: 'Zhipu GLM / Z.ai',
  hosts: ['open.bigmodel.cn', 'bigmodel.cn', 'api.z.ai'],
  regions: { 'open.bigmodel.cn': 'china', 'api.z.ai': 'global' },
  form: /^[0-9a-f]{32}\.\w{16}$/,
  tells: 'quota',
  isUndocumented: true,
  load: () => lazyImport(() => import('./endpoints.ts')),
});
