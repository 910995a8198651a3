import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import type * as FaceModule from '../../../../src/vscode/views/views.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { hoverText } from '../../support/hoverText.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { Screen } from '../../support/screen.ts';
import { seededChance } from '../../support/seededChance.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const POLL = HOUR;
/** A figure is out of date after two and a half polls. */
const STALE = 2.5 * POLL;
/** What the screen may be late by: a drawing is at least so far from the one before. */
const LATE = 1000;

/** How far away an end is, as a person would say it: whole units, rounded down. */
function inText(ms: number): string {
  if (ms <= 0) return 'just now';
  if (ms < MINUTE) return 'in less than a minute';
  const [count, unit] =
    ms < 2 * HOUR
      ? [Math.max(1, Math.floor(ms / MINUTE)), 'minute']
      : ms < 2 * DAY
        ? [Math.floor(ms / HOUR), 'hour']
        : ms < 62 * DAY
          ? [Math.floor(ms / DAY), 'day']
          : [Math.floor(ms / (31 * DAY)), 'month'];
  return `in ${unitsText(count, unit)}`;
}

/** How old something is: whole units, to the nearest. */
function agoText(ms: number): string {
  if (ms < 45_000) return 'just now';
  const [count, unit] =
    ms < 119.5 * MINUTE
      ? [Math.max(1, Math.round(ms / MINUTE)), 'minute']
      : ms < 47.5 * HOUR
        ? [Math.round(ms / HOUR), 'hour']
        : [Math.round(ms / DAY), 'day'];
  return `${unitsText(count, unit)} ago`;
}

/** From 90 minutes on with their hour. */
function unitsText(count: number, unit: string): string {
  const text = (of: number) => `${of} ${unit}${of === 1 ? '' : 's'}`;
  return unit === 'minute' && count >= 90 ? `1 hour ${text(count - 60)}` : text(count);
}

/** A time of day in UTC while it is less than 20 hours away, else with its date. */
function clockText(ms: number, now: number): string {
  const date = new Date(ms);
  const hour = date.getUTCHours();
  const time = `${hour % 12 || 12}:${String(date.getUTCMinutes()).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
  if (Math.abs(ms - now) < 20 * HOUR) return time;
  const month = date.toLocaleString('en', { month: 'short', timeZone: 'UTC' });
  return `${month} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${time}`;
}

/** `Intl` parts a time from AM by a narrow space, Markdown escapes what could be markup. */
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ').replace(/\\/g, '');

describe('thirty days of everything that is shown', () => {
  useTimeZone('UTC');
  let clock: ManualClock;
  let gateways: SampleGateway[];
  let testWindow: TestWindow;
  let face: FaceModule.Views;
  let screen: Screen;
  let isOnline = true;
  let start: number;
  const ids: Record<string, string> = {};

  beforeEach(async () => {
    vscodeStub.handed.length = 0;
    isOnline = true;
    clock = new ManualClock();
    start = clock.now();
    const api = await startSampleGateway({
      clock: clock.now,
      scenarios: { never: {}, ends: {}, far: {}, low: {} },
    });
    const plan = await startSampleGateway({ kind: 'cheapestInference', clock: clock.now });
    gateways = [api, plan];
    Object.assign(api.key('low'), { remain: 1_000_000, used: 9_000_000 });
    api.key('ends').expiresAt = (start + 12 * DAY + 7 * HOUR) / 1000;
    api.key('far').expiresAt = Date.UTC(2100, 0, 1) / 1000;
    const { plan: figures = assert.fail() } = plan.key('ok');
    plan.key('ok').plan = {
      ...figures,
      resetsAt: new Date(start + 10 * DAY).toISOString(),
      expiresAt: new Date(start + 20 * DAY).toISOString(),
    };
    testWindow = new TestWindow({
      clock,
      focused: false,
      settings: { pollMs: POLL },
      isReachable: () => isOnline,
      chance: seededChance(7),
    });
    await testWindow.monitor.start();
    for (const name of ['never', 'ends', 'far', 'low']) ids[name] = await testWindow.addKey(api, name);
    ids.plan = await testWindow.addKey(plan, 'ok', { kind: 'cheapestInference', label: 'plan' });
    // Pinned keys are checked as often as the user wants, though their figures stand still.
    for (const id of Object.values(ids)) testWindow.store.keys.pinKey(id, true);
    await testWindow.monitor.reload();
    const { Views } = await importWithStub<typeof FaceModule>('vscode/views/views.ts');
    face = new Views(clock);
    face.statusBar.addTooltips({ markdownOf: tooltipMarkdown, commands: TOOLTIP_COMMANDS });
    testWindow.monitor.onDidChange(keys => face.renderViews(keys));
    face.renderViews(testWindow.monitor.snapshot);
    screen = new Screen(face);
  });

  afterEach(async () => {
    face.dispose();
    await testWindow.close();
    for (const gateway of gateways) await gateway.close();
  });

  async function pass(ms: number): Promise<void> {
    const settle = async () => {
      await testWindow.monitor.idle();
      await turn();
      await screen.settled();
    };
    await settle();
    await clock.advance(ms, settle);
    await settle();
  }

  /** Breaks every gateway, or mends it. */
  function setDown(isDown: boolean): void {
    for (const gateway of gateways) {
      for (const path of new Set(gateway.calls.map(call => call.path)))
        gateway.setReply(`GET ${path}`, isDown ? { status: 503, body: 'down' } : undefined);
    }
  }

  /** What is shown is true of a moment between now and as long ago as a drawing may be late. */
  function check(): void {
    const problems = [clock.now(), clock.now() - LATE].map(now => problemsAt(now));
    assert.ok(
      problems.some(each => each.length === 0),
      `after ${(clock.now() - start) / HOUR} h: ${problems[0]?.join('\n')}`,
    );
  }

  function problemsAt(now: number): string[] {
    const problems: string[] = [];
    const expect = (what: string, shown: string | undefined, right: string | RegExp) => {
      const text = plain(shown ?? '(nothing)');
      const isRight = typeof right === 'string' ? text === right : right.test(text);
      if (!isRight) problems.push(`${what}: “${text}”, and right is “${right}”`);
    };
    let notGreen = 0;
    for (const key of testWindow.monitor.snapshot) {
      const truth = truthOf(key, now);
      if (!truth.green) notGreen++;
      const line = screen.lines.get(`key:${key.id}`);
      const fact = (name: string) => screen.lines.get(`fact:${key.id}:${name}`)?.description;
      expect(`${key.label}, color`, String(line?.color === 'charts.green'), String(truth.green));
      expect(`${key.label}, label`, line?.label, truth.label);
      expect(`${key.label}, line`, line?.description, truth.line);
      expect(`${key.label}, heard`, line?.spoken, truth.heard);
      expect(`${key.label}, status`, fact('status'), truth.status);
      if (truth.ends !== undefined) expect(`${key.label}, ends`, fact('expiry'), truth.ends);
      if (truth.age !== undefined) expect(`${key.label}, figures from`, fact('age'), truth.age);
      expect(`${key.label}, last check`, fact('checked'), clockText(Date.parse(key.checkedAt ?? ''), now));
      expect(`${key.label}, next check`, fact('next'), truth.next);
      const card = hoverText(screen.tooltip).cards.find(({ name }) => name === key.label);
      expect(`${key.label}, tooltip`, card?.line, truth.card);
    }
    expect('badge', String(screen.badge), String(notGreen));
    return problems;
  }

  /** What is true of a key now, worked out from times alone: when it was read, when it ends, when it is reset. */
  function truthOf(key: KeyState, now: number) {
    const { reading = assert.fail(), failure } = key;
    const taken = Date.parse(reading.takenAt);
    const END: Record<string, number> = {
      ends: start + 12 * DAY + 7 * HOUR,
      plan: start + 20 * DAY,
      far: Date.UTC(2100, 0, 1),
    };
    const RESET: Record<string, number> = { plan: start + 10 * DAY };
    const end = END[key.label];
    const reset = RESET[key.label];
    const isReset = reset !== undefined && taken < reset && reset <= now;
    const status =
      end !== undefined && end <= now
        ? 'expired'
        : isReset || now - taken > STALE
          ? 'out of date'
          : key.label === 'low'
            ? 'low'
            : 'ok';
    const endsSoon = end !== undefined && end > now && end - now <= 7 * DAY;
    const age = status === 'out of date' ? agoText(now - taken) : clockText(taken, now);
    // What failed has checked nothing: the figure is as of before.
    const taking = `${status === 'out of date' || failure ? 'as of' : 'updated'} ${age}`;
    // Without a network nothing is checked, which is no failure of a check.
    const isOffline = failure?.reason === 'offline';
    const failed =
      failure && (status === 'ok' || status === 'low')
        ? `${isOffline ? 'no network' : 'check failed'}, as of ${age}`
        : undefined;
    const anew =
      isReset && status !== 'expired' ? `unknown since the reset ${agoText(now - reset)}` : undefined;
    const ends = endsSoon ? `expires ${inText(end - now)}` : undefined;
    const old = isOffline && status === 'out of date' ? `${status} · no network` : status;
    const word = anew ?? (status === 'ok' ? ends : old);
    const notice = [word, failed].filter(each => each !== undefined).join(' · ');
    const next = Date.parse(key.nextCheckAt ?? '');
    const distance = end === undefined ? undefined : end <= now ? agoText(now - end) : inText(end - now);
    const nextText = isOffline
      ? 'as soon as there is a network'
      : now - next >= MINUTE
        ? `overdue since ${clockText(next, now)}`
        : clockText(next, now);
    // A card says what is not well, and whichever comes first: the reset or the end. An end that has come is told
    // where it is sure to have.
    const why = isReset ? anew : isOffline ? 'no network' : undefined;
    const trouble =
      status === 'out of date' ? [why, `as of ${age}`] : [status === 'ok' ? undefined : status, failed];
    const over =
      status === 'expired' && end !== undefined
        ? [`expired ${agoText(now - end)}`, failure ? `as of ${age}` : undefined]
        : undefined;
    const isResetNext = reset !== undefined && reset > now && (end === undefined || reset < end);
    const coming = isResetNext
      ? `resets ${inText(reset - now)}`
      : key.label === 'far'
        ? 'expires Jan 1, 2100'
        : end !== undefined && end > now
          ? `expires ${inText(end - now)}`
          : undefined;
    const card = (over ?? [...trouble, coming]).filter(each => each !== undefined).join(' · ');
    const host = key.reading?.gatewayName ?? new URL(key.origin).host;
    const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]]/g, '\\$&');
    return {
      status,
      green: status === 'ok' && !endsSoon,
      // A figure from before a reset is not shown as the present one.
      label: new RegExp(`^${isReset ? '(?:[^·]*\\d[^·]* · )?' : '[^·]*\\d[^·]* · '}${key.label}$`),
      // In the group, the line says at which gateway the key is.
      line: [notice, status === 'ok' && !endsSoon ? '' : host, 'pinned']
        .filter(each => each !== '')
        .join(' · '),
      heard: new RegExp(
        `^${key.label}, ${status}.*${ends ? `, ${ends}` : ''}, ${escaped(failed ?? taking)}.*, pinned$`,
      ),
      age: failure ? age : undefined,
      ends:
        end === undefined
          ? undefined
          : key.label === 'far'
            ? 'Jan 1, 2100, 12:00 AM'
            : new RegExp(`^${distance} \\(`),
      next: nextText,
      card,
    };
  }

  it('is true at every moment, whether the gateways answer or not', async function () {
    this.timeout(400_000);
    const chance = seededChance(3);
    const live = async (untilDay: number) => {
      while (clock.now() < start + untilDay * DAY) {
        await pass(Math.min(start + untilDay * DAY - clock.now(), Math.ceil(chance() * 5 * HOUR)));
        check();
      }
    };
    await pass(MINUTE);
    await live(2);
    // Eight hours offline.
    isOnline = false;
    await live(2 + 8 / 24);
    assert.ok(testWindow.monitor.snapshot.every(({ failure }) => failure?.reason === 'offline'));
    isOnline = true;
    await live(5);
    // Two days of failures, over the moment at which one key comes to be worth a word.
    setDown(true);
    await live(7);
    setDown(false);
    await live(9.5);
    // Over the moment at which a budget is reset.
    setDown(true);
    await live(10.5);
    setDown(false);
    const plan = gateways[1]?.key('ok').plan ?? assert.fail();
    plan.resetsAt = new Date(start + 40 * DAY).toISOString();
    await live(30);
  });
});
