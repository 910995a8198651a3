import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/**
 * The plan of Kimi Code. Its vendor does not document how to read what is left; the form of the answer is known from
 * other monitors.
 */
export const kimiCode = singleCall({
  kind: 'kimiCode',
  title: 'Kimi Code',
  hosts: ['api.kimi.com'],
  form: /^sk-kimi-/,
  tells: 'quota',
  isUndocumented: true,
  load: () => lazyImport(() => import('./endpoints.ts')),
});
