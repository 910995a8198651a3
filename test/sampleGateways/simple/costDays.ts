import type { LogRow } from '../state/logRow.ts';
import { money } from './simpleKind.ts';

const DAY = 86_400;

/** What one model cost on one day of UTC, in dollars. */
interface CostDay {
  /** Epoch seconds. */
  readonly from: number;
  readonly costs: readonly { readonly model: string; readonly dollars: number }[];
}

/** Days of UTC from one moment to another, epoch seconds, with what was spent on each. */
export function costDays(rows: readonly LogRow[], from: number, to: number): CostDay[] {
  const days: CostDay[] = [];
  for (let day = from; day < to; day += DAY) {
    const ofDay = rows.filter(({ at }) => at >= day && at < day + DAY);
    const models = [...new Set(ofDay.map(({ model }) => model))];
    const costs = models.map(model => ({
      model,
      dollars: money(ofDay.filter(row => row.model === model).reduce((sum, { quota }) => sum + quota, 0)),
    }));
    days.push({ from: day, costs });
  }
  return days;
}

/** A page of them, and what the next one is asked by. */
export function pageOf(days: readonly CostDay[], query: URLSearchParams) {
  const [start, size] = [Number(query.get('page') ?? 0), Number(query.get('limit'))];
  const page = days.slice(start, start + size);
  const hasMore = start + size < days.length;
  return { page, has_more: hasMore, next_page: hasMore ? String(start + size) : null };
}
