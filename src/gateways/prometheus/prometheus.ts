import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/**
 * A Prometheus, or what answers as one (https://prometheus.io/docs/prometheus/latest/querying/api/): a team's own, or the
 * proxy of a data source in Grafana. The secret is a token, `user:password`, or `none`.
 */
export const prometheus = singleCall({
  kind: 'prometheus',
  title: 'Prometheus',
  isServer: true,
  takesLogin: true,
  hosts: [],
  // Not `api`: Grafana's proxy stands below it, and Grafana Cloud mounts one at `/api/prom`.
  ownPaths: 'api/v1 graph query alerts targets rules status config flags metrics explore login'.split(' '),
  tells: 'account',
  load: () => lazyImport(() => import('./endpoints.ts')),
});
