import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GatewayError } from '../../src/core/quota/failure.ts';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { queryUsage } from '../../src/services/usage/usageQuery.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { ManualClock } from '../unit/support/manualClock.ts';
import { TestWindow } from '../unit/support/testWindow.ts';
import { fileNameOf, type Report, type Right, readReports, type Step } from './report.ts';
import { ReportGateway } from './reportGateway.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

describe('public reports', () => {
  const reports = readReports();

  it('are at least eighty, each source once and in the file that is named after it', () => {
    const sources = new Set([...reports.values()].map(({ source }) => source.toLowerCase()));
    assert.equal(sources.size, reports.size);
    assert.ok(reports.size >= 80, `${reports.size} reports`);
    for (const [name, report] of reports) assert.equal(name, fileNameOf(report));
  });

  it('say what is right, in every one of them', () => {
    for (const [name, { steps }] of reports) {
      const said = steps.flatMap(({ right, range }) => [right, range]).filter(Boolean);
      assert.ok(
        said.some(each => Object.keys(each ?? {}).length > 0),
        name,
      );
    }
  });

  for (const report of reports.values()) {
    it(`${report.source}: ${report.about}`, () => play(report));
  }
});

async function play(report: Report): Promise<void> {
  const clock = new ManualClock();
  const gateway = await ReportGateway.start(clock.now);
  const testWindow = new TestWindow({ clock });
  try {
    let id: string | undefined;
    for (const [index, step] of report.steps.entries()) {
      for (const [path, answer] of Object.entries(step.answers)) gateway.answers.set(path, answer);
      id ??= await testWindow.keyService.add({
        label: 'Team',
        kind: report.kind,
        baseUrl: gateway.origin,
        credential: report.credential,
        userId: report.userId,
        secret: secretFor(report.source),
      });
      // What the window asks by itself must not be under way while time jumps.
      await testWindow.monitor.idle();
      clock.jump(step.after * MINUTE);
      if (step.asks) await testWindow.refreshKey(id);
      else await testWindow.monitor.reload();
      const where = `${report.source}, step ${index + 1}`;
      if (step.right) assertRight(testWindow.keyState(id), step.right, clock.now(), where);
      if (step.range) await assertRange(testWindow, id, step.range, clock.now(), where);
    }
  } finally {
    await testWindow.close();
    await gateway.stop();
  }
}

function assertRight(state: KeyState, right: Right, now: number, where: string): void {
  const { reading, failure } = state;
  const told = (what: string) => `${where}: ${what} (${state.status}, ${JSON.stringify(failure)})`;
  const oneOf = (value: string | null, allowed: string | readonly string[] | null, what: string) =>
    assert.ok([allowed].flat().includes(value), told(`${what} is ${value}, not ${allowed}`));
  if (right.status !== undefined) oneOf(state.status, right.status, 'status');
  if (right.failure !== undefined) oneOf(failure?.class ?? null, right.failure, 'failure');
  const values: [keyof Right, unknown][] = [
    ['unit', reading?.unit.code],
    ['unlimited', reading?.quota?.unlimited],
    ['remaining', reading?.quota?.remaining ?? null],
    ['used', reading?.quota?.used ?? null],
    ['granted', reading?.quota?.granted ?? null],
    ['balance', reading?.account?.balance ?? null],
    ['expiresAt', reading?.expiresAt],
    ['models', reading?.models],
    ['keys', reading?.accountKeys?.map(({ name }) => name)],
    ['budget', reading?.budget ? { ...reading.budget } : null],
  ];
  for (const [name, value] of values)
    if (right[name] !== undefined) assert.deepEqual(value, right[name], told(name));
  if (right.says !== undefined) assert.match(failure?.message ?? '', new RegExp(right.says), told('says'));
  for (const text of right.saysNot ?? [])
    assert.doesNotMatch(failure?.message ?? '', new RegExp(text), told(`says ${text}`));
  const minutes = state.nextCheckAt && (Date.parse(state.nextCheckAt) - now) / MINUTE;
  if (right.asksAgain !== undefined)
    assert.equal(minutes !== undefined, right.asksAgain, told('is asked again'));
  if (right.notBefore !== undefined)
    assert.ok(Number(minutes) >= right.notBefore, told(`again in ${minutes} minutes`));
  if (right.notAfter !== undefined)
    assert.ok(Number(minutes) <= right.notAfter, told(`again in ${minutes} minutes`));
}

async function assertRange(
  testWindow: TestWindow,
  id: string,
  { days, used, complete, requests }: NonNullable<Step['range']>,
  now: number,
  where: string,
): Promise<void> {
  const key = testWindow.keyService.findById(id);
  assert.ok(key);
  const report = await queryUsage(testWindow, key, { from: now - days * DAY, to: now }).catch(error => {
    // Where nothing at all can be said, no total is told.
    if (error instanceof GatewayError) return undefined;
    throw error;
  });
  assert.equal(report?.total?.used ?? null, used, `${where}: used`);
  if (complete !== undefined)
    assert.equal(report?.coverage.complete ?? false, complete, `${where}: complete`);
  if (requests !== undefined) assert.equal(report?.total?.requests, requests, `${where}: requests`);
}
