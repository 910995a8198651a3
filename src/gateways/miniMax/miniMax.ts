import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/**
 * The plans of MiniMax. Its vendor documents little about how to read what is left; the form of the answer is known
 * from other monitors.
 */
export const miniMax = singleCall({
  kind: 'miniMax',
  title: 'MiniMax',
  hosts: ['api.minimaxi.com', 'api.minimax.io'],
  regions: { 'api.minimaxi.com': 'china', 'api.minimax.io': 'global' },
  form: /^sk-cp-/,
  tells: 'quota',
  isUndocumented: true,
  load: () => lazyImport(() => import('./endpoints.ts')),
});
