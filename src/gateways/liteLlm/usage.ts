import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { type Coverage, completeCoverage, withUnreadableRows } from '../../core/usage/coverage.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import { type DayOfKey, dayRecords } from '../dayRecords.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { type DaysOfPage, daysOfPage } from './activity.ts';
import { type KeyInfo, readKeyInfo } from './key.ts';
import { requestJson } from './request.ts';

const DOLLARS: Scale = { unit: { code: 'USD', source: 'gateway' }, perUnit: 1 };
const PAGE_SIZE = 1000;
/** A page has a thousand rows of a day and model, so none of our ranges needs more. */
const MAX_PAGES = 20;

/** What was read of a range. */
interface Activity {
  readonly days: readonly DayOfKey[];
  readonly unreadable: number;
  /** Why it is not all. */
  readonly end?: 'broke-off' | 'endless';
}

/**
 * What the key spent by day and model. Days are UTC's, and stand for ours of the same name.
 * @throws GatewayError `range-not-told` where the key may not ask, or its hash is not known: without that some versions
 * tell what everybody spent.
 */
export async function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  const key = await readKeyInfo(context);
  const { days, unreadable, end } = await readActivity(context, key, range);
  const now = context.now();
  context.recordSpend?.(dayRecords(days, range, DOLLARS, unreadable + (end ? 1 : 0), now));
  const sum = new UsageSum();
  for (const { model = '', tokens, ...day } of days) sum.add({ ...day, model, tokens });
  const coverage: Coverage = end
    ? { ...completeCoverage(range, now), complete: false, reason: end }
    : { ...completeCoverage(range, now), reason: 'utc-days' };
  return {
    unit: DOLLARS.unit,
    total: sum.total(1),
    byDay: sum.rows('day', 1),
    byModel: sum.rows('model', 1),
    timeline: sum.timeline(1),
    coverage: withUnreadableRows(coverage, unreadable),
    source: 'gateway',
  };
}

/** `GET /user/daily/activity`, or of its team for a key that is nobody's, page by page. */
async function readActivity(
  context: GatewayContext,
  { hash, info: { user_id: user, team_id: team } }: KeyInfo,
  range: Range,
): Promise<Activity> {
  if (hash === undefined) throw failed('not-supported', 'range-not-told');
  const ofTeam = user === undefined && team !== undefined;
  const path = ofTeam ? '/team/daily/activity' : '/user/daily/activity';
  const query = {
    start_date: localDay(range.from),
    end_date: localDay(range.to),
    api_key: hash,
    page_size: PAGE_SIZE,
    ...(ofTeam && { team_ids: team }),
  };
  const days: DayOfKey[] = [];
  let unreadable = 0;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const found = await readPage(context, path, { ...query, page }, hash, page);
    if (!found) return { days, unreadable, end: 'broke-off' };
    // The same page again would count twice.
    if (page > 1 && found.page !== page) break;
    days.push(...found.days.filter(({ day }) => day >= query.start_date && day <= query.end_date));
    unreadable += found.unreadable;
    if (found.hasMore === undefined) break;
    if (!found.hasMore) return { days, unreadable };
  }
  return { days, unreadable, end: 'endless' };
}

/** Undefined for a later page for which there is no room. */
async function readPage(
  context: GatewayContext,
  path: string,
  query: Readonly<Record<string, string | number>>,
  hash: string,
  page: number,
): Promise<DaysOfPage | undefined> {
  try {
    return daysOfPage(await requestJson(context, { path, query }), hash);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { reason, status } = error.failure;
    if (page > 1 && reason === 'own-budget') return undefined;
    // The key belongs to nobody, or may only ask about itself.
    if (status === 403 || status === 404) throw failed('not-supported', 'range-not-told', { status });
    throw error;
  }
}
