import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { type CalendarEvent, calendarText } from '../../../../src/text/exports/ics.ts';
import { forAll } from '../../support/forAll.ts';
import { DAY, NOW } from '../../support/samples.ts';

const EVENT: CalendarEvent = {
  uid: '4c1f@key-quota',
  at: NOW + 3 * DAY,
  title: 'API key “Team, west; \\ east” expires',
  text: 'Renew it.\nSoon: https://gw.example',
  remindDays: 1,
};

interface Line {
  readonly name: string;
  readonly value: string;
}

/** Reads content lines back as RFC 5545 §3.1 has them: unfolded, names apart from values. */
function linesOf(text: string): Line[] {
  assert.ok(text.endsWith('\r\n'));
  return text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(0, -1)
    .map(line => {
      const [, name = '', value = ''] = /^([A-Z-]+):(.*)$/s.exec(line) ?? [];
      assert.notEqual(name, '', `not a content line: ${line}`);
      return { name, value };
    });
}

/** A text value read back, §3.3.11. */
function textOf(value: string): string {
  assert.ok(!/(?<!\\)(?:\\\\)*[;,]/.test(value), `not escaped: ${value}`);
  return value.replace(/\\([\\;,nN])/g, (_all, character: string) =>
    /n/i.test(character) ? '\n' : character,
  );
}

/** The members of each event, those of its alarm left out. */
function eventsOf(text: string): Record<string, string>[] {
  const events: Record<string, string>[] = [];
  const open: string[] = [];
  for (const { name, value } of linesOf(text)) {
    if (name === 'BEGIN') {
      open.push(value);
      if (value === 'VEVENT') events.push({});
    } else if (name === 'END') assert.equal(open.pop(), value);
    else if (open.at(-1) === 'VEVENT') {
      const event = events.at(-1) ?? {};
      assert.ok(!(name in event), `${name} twice`);
      event[name] = value;
    }
  }
  assert.deepEqual(open, []);
  return events;
}

describe('a calendar file', () => {
  it('has what RFC 5545 requires, and one event for each key', () => {
    const text = calendarText('Expiring API keys', [EVENT, { ...EVENT, uid: 'b@key-quota' }], NOW);
    const lines = linesOf(text);
    assert.deepEqual(lines.slice(0, 3), [
      { name: 'BEGIN', value: 'VCALENDAR' },
      { name: 'VERSION', value: '2.0' },
      { name: 'PRODID', value: '-//Key Quota//Key Quota for VS Code//EN' },
    ]);
    const [first, second] = eventsOf(text);
    assert.deepEqual(
      { ...first, SUMMARY: textOf(first?.SUMMARY ?? ''), DESCRIPTION: textOf(first?.DESCRIPTION ?? '') },
      {
        UID: '4c1f@key-quota',
        DTSTAMP: '20260615T120000Z',
        DTSTART: '20260618T120000Z',
        SUMMARY: EVENT.title,
        DESCRIPTION: EVENT.text,
        TRANSP: 'TRANSPARENT',
      },
    );
    assert.equal(second?.UID, 'b@key-quota');
    const alarm = lines.findIndex(({ value }) => value === 'VALARM');
    assert.deepEqual(
      lines.slice(alarm + 1, alarm + 4).map(({ name, value }) => (name === 'TRIGGER' ? value : name)),
      ['ACTION', 'DESCRIPTION', '-P1D'],
    );
  });

  it('escapes characters with a meaning', () => {
    const text = calendarText('x', [EVENT], NOW);
    assert.ok(text.includes('SUMMARY:API key “Team\\, west\\; \\\\ east” expires\r\n'));
    assert.ok(text.includes('DESCRIPTION:Renew it.\\nSoon: https://gw.example\r\n'));
  });

  it('folds long lines at 75 octets, never inside a character', () => {
    const title = '钥匙🔑'.repeat(60);
    const text = calendarText('x', [{ ...EVENT, title }], NOW);
    const lengths = text.split('\r\n').map(line => Buffer.byteLength(line));
    assert.ok(Math.max(...lengths) <= 75);
    assert.ok(lengths.filter(length => length > 70).length > 5, 'lines are filled');
    assert.equal(textOf(eventsOf(text)[0]?.SUMMARY ?? ''), title);
  });

  it('folds a line only where it has more than 75 octets', () => {
    // The name of the property and its colon are 13 of them.
    const lines = (name: string) =>
      calendarText(name, [], NOW)
        .split('\r\n')
        .filter(line => /^(?:X-WR| )/.test(line));
    for (const sixtyTwo of ['a'.repeat(62), 'é'.repeat(31), `${'钥'.repeat(20)}é`]) {
      assert.deepEqual(lines(sixtyTwo), [`X-WR-CALNAME:${sixtyTwo}`]);
      assert.deepEqual(lines(`${sixtyTwo}b`), [`X-WR-CALNAME:${sixtyTwo}`, ' b']);
    }
  });

  it('reads back unchanged, whatever a key is called', () => {
    const words = fc.string({
      unit: fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 300,
      size: 'max',
    });
    forAll(
      fc.record({ title: words, text: words, uid: fc.uuid() }),
      ({ title, text, uid }) => {
        const file = calendarText(title, [{ ...EVENT, title, text, uid }], NOW);
        const [event] = eventsOf(file);
        const kept = (words: string) => words.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]/gu, '');
        return (
          file.split('\r\n').every(line => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line)) &&
          event?.UID === uid &&
          textOf(event.SUMMARY ?? '') === kept(title) &&
          textOf(event.DESCRIPTION ?? '') === kept(text)
        );
      },
      1000,
    );
  });

  it('without events is still a calendar', () => {
    assert.deepEqual(eventsOf(calendarText('x', [], NOW)), []);
  });
});

describe('an end in the last year of the calendar', () => {
  it('makes no event, since calendars write years with four digits', () => {
    for (const at of [
      253_402_300_800_000,
      Date.UTC(9999, 0, 1),
      Date.UTC(9999, 11, 31),
      8.64e15,
      Number.POSITIVE_INFINITY,
    ]) {
      assert.ok(!calendarText('Keys', [{ ...EVENT, at }], NOW).includes('VEVENT'), String(at));
    }
    assert.ok(
      calendarText('Keys', [{ ...EVENT, at: Date.UTC(9998, 11, 31) }], NOW).includes('DTSTART:99981231T'),
    );
  });
});
