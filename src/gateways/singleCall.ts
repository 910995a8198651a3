import { MINUTE_MS } from '../core/time.ts';
import type { Ability, Chat } from './credentialSpec.ts';
import type { Gateway } from './gateway.ts';
import { lazyMethods } from './lazyMethods.ts';
import { unpublishedLimit } from './unpublishedLimit.ts';

/** The limiter of a kind that has one alone. */
export const SINGLE_LIMITER = 'key';

type Methods = Pick<Gateway, 'readQuota' | 'readUsage'>;

/** A kind of which an API key tells all by one GET. */
interface SingleCall
  extends Pick<
    Gateway,
    | 'kind'
    | 'title'
    | 'hosts'
    | 'regions'
    | 'isUndocumented'
    | 'isServer'
    | 'takesLogin'
    | 'ownPaths'
    | 'probe'
    | 'webPages'
  > {
  /** Whether that is what the key itself has left, or what its account has. */
  readonly tells: 'quota' | 'account';
  /** Whether it tells what a key spent in a range, when a person asks. */
  readonly tellsRange?: true;
  /** How its keys call models; absent where they cannot, or nothing is known of it. */
  readonly chat?: Chat;
  /** See `CredentialSpec.form`. */
  readonly form?: RegExp;
  /** Loads what reads the answer, with the first call. */
  readonly load: () => Promise<Methods>;
}

/** Makes the gateway of such a kind. */
export function singleCall({ tells, tellsRange, chat, load, form, ...kind }: SingleCall): Gateway {
  const { hosts } = kind;
  const abilities: readonly Ability[] = [
    tells,
    ...(tellsRange ? (['rangeByKey'] as const) : []),
    ...(chat ? (['testCall'] as const) : []),
  ];
  return {
    ...kind,
    credentials: [
      {
        type: 'apiKey',
        abilities,
        chat,
        // A key of one host is refused by the others, so that none of several is taken by itself.
        defaultOrigin: hosts.length === 1 ? `https://${hosts[0]}` : undefined,
        form,
        readLimiter: SINGLE_LIMITER,
        minPollMs: MINUTE_MS,
      },
    ],
    limiters: { [SINGLE_LIMITER]: unpublishedLimit },
    ...lazyMethods(load, 'readQuota'),
    ...(tellsRange && lazyMethods(load as () => Promise<Required<Methods>>, 'readUsage')),
  };
}
