import type { LogFilter, LogPage } from '../../../src/core/usage/logRow.ts';
import type { Range } from '../../../src/core/usage/range.ts';
import type { Usage } from '../../../src/core/usage/usage.ts';
import { readHourlyUsage } from '../../../src/gateways/newApi/hourlyUsage.ts';
import { rawScale } from '../../../src/gateways/siteScale.ts';
import type { TestSetup } from '../support/testSetup.ts';
import { JUNE } from './fixture.ts';

/** What a key says it spent. */
export function keyUsage(setup: TestSetup, handle: string, range: Range = JUNE): Promise<Usage> {
  const draft = setup.key(handle);
  const ability = draft.credential === 'queryKey' ? 'rangeByAccount' : 'rangeByKey';
  return setup.ask(draft, ability, (gateway, context) => gateway.readUsage?.(context, range));
}

/** An account's hourly sums. */
export function accountHours(setup: TestSetup, range: Range = JUNE): Promise<Usage> {
  return setup.ask(setup.account('team'), 'rangeByAccount', (_gateway, context) =>
    readHourlyUsage(context, range, rawScale(context.site, context.unitOverride, 'default')),
  );
}

/** A page of an account's log. */
export function accountLogs(setup: TestSetup, filter: Partial<LogFilter> = {}): Promise<LogPage> {
  return setup.ask(setup.account('team'), 'logs', (gateway, context) =>
    gateway.readLogs?.(context, { page: 1, pageSize: 50, ...filter }),
  );
}

/** The parts of a usage that say how much, without what says from where. */
export function sumsOf({ total, byDay, byKey, byModel }: Usage): Partial<Usage> {
  return { total, byDay, byKey, byModel };
}
