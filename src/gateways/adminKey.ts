import { HOUR_MS } from '../core/time.ts';
import type { Gateway } from './gateway.ts';
import { lazyMethods } from './lazyMethods.ts';
import { SINGLE_LIMITER } from './singleCall.ts';
import { unpublishedLimit } from './unpublishedLimit.ts';

/** A vendor whose admin keys are told what their organization spends. */
interface AdminKind extends Pick<Gateway, 'kind' | 'title' | 'hosts'> {
  /** See `CredentialSpec.form`. */
  readonly form: RegExp;
  readonly load: () => Promise<Pick<Required<Gateway>, 'readQuota' | 'readUsage'>>;
}

/** Makes the gateway of such a vendor. Vendors sum costs up only now and then, so keys are checked seldom. */
export function adminKey({ load, form, ...kind }: AdminKind): Gateway {
  return {
    ...kind,
    credentials: [
      {
        type: 'managementKey',
        abilities: ['rangeByAccount'],
        defaultOrigin: `https://${kind.hosts[0]}`,
        form,
        readLimiter: SINGLE_LIMITER,
        minPollMs: HOUR_MS,
      },
    ],
    limiters: { [SINGLE_LIMITER]: unpublishedLimit },
    ...lazyMethods(load, 'readQuota', 'readUsage'),
  };
}
