import { lazyImport } from '../../core/lazyImport.ts';
import { membersOf } from '../../core/membersOf.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { unpublishedLimit } from '../unpublishedLimit.ts';
import { descriptionOf } from './descriptions.ts';

const PREFIX = 'described:';
/** How often a gateway is asked in an hour, where its description does not say. */
const CALLS_PER_HOUR = 60;

/** The kind of a gateway that the user describes. */
export function describedKind(name: string): string {
  return PREFIX + name;
}

/** Whether a kind is that of a gateway that the user describes. */
export function isDescribed(kind: string): boolean {
  return kind.startsWith(PREFIX);
}

/**
 * The gateway of a kind that the user describes; undefined for other kinds. There is one also without a description, or
 * with a wrong one: its keys say what is wrong when they are checked, and nothing is sent.
 */
export function describedGatewayOf(kind: string): Gateway | undefined {
  if (!isDescribed(kind)) return undefined;
  const name = kind.slice(PREFIX.length);
  const { callsPerHour } = membersOf(descriptionOf(name));
  return {
    kind,
    title: name,
    hosts: [],
    credentials: [{ type: 'apiKey', abilities: ['quota'], readLimiter: 'described', minPollMs: MINUTE_MS }],
    limiters: {
      described: {
        ...unpublishedLimit,
        calls: typeof callsPerHour === 'number' ? Math.max(1, callsPerHour) : CALLS_PER_HOUR,
        windowMs: HOUR_MS,
      },
    },
    readQuota: async context =>
      (await lazyImport(() => import('./endpoints.ts'))).readDescribed(name, context),
  };
}
