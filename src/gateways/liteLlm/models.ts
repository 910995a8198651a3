import { GatewayError } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { HOUR_MS } from '../../core/time.ts';
import { parseRows } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { normalizeModelNames } from '../modelNames.ts';
import { requestJson } from './request.ts';

type Models = Pick<Reading, 'models' | 'modelsMore'>;

/** Names that stand for lists of others. */
const LISTS = /^(?:all-team-models|all-proxy-models|no-default-models)$/;

interface Told {
  readonly models?: unknown;
  readonly team_id?: string | undefined;
  readonly user_id?: string | undefined;
}

/**
 * The models of a key: as it was given them, else what the proxy offers it (`GET /v1/models`), which is asked once in an
 * hour. An empty list of its own is no limit, but its team or its user may have one.
 */
export async function readModels(context: GatewayContext, told: Told): Promise<Models> {
  const own = normalizeModelNames(told.models);
  if (own && own.models.length > 0 && !own.models.some(name => LISTS.test(name))) return own;
  const { models, modelsMore, takenAt } = context.lastReading ?? {};
  const isOld = takenAt === undefined || hourOf(Date.parse(takenAt)) !== hourOf(context.now());
  if (models && !isOld && !context.isManual) return { models, modelsMore };
  const offered = await readOffered(context);
  if (offered) return offered;
  const isFree = own?.models.length === 0 && told.team_id === undefined && told.user_id === undefined;
  return isFree ? { models: null } : {};
}

function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS);
}

/** Undefined where it cannot be read: a key over budget is not told, and that is known already. */
async function readOffered(context: GatewayContext): Promise<Models | undefined> {
  try {
    const rows = parseRows((await requestJson(context, { path: '/v1/models' })).data);
    return rows.length > 0 ? normalizeModelNames(rows) : undefined;
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}
