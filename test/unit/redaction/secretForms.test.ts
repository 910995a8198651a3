import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { Redactor } from '../../../src/redaction/redactor.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { forAll } from '../support/forAll.ts';

const SECRET = secretFor('in all forms');
/** Nothing gives it away, and every character of it is written otherwise somewhere. */
const ODD = `${secretFor('odd forms', '')}/+=&<>"'\\%_-*[]`;
const CANARY = 'CANARY';

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.protect(secret);
  return redactor;
}

/** Whether eight characters in a row of a secret are left in a text. */
function shows(text: string, secret: string): boolean {
  for (let at = 0; at + 8 <= secret.length; at++) if (text.includes(secret.slice(at, at + 8))) return true;
  return false;
}

const lowerEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, character => character.toLowerCase());
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': secret => secret,
  'in capitals': secret => secret.toUpperCase(),
  'in small letters': secret => secret.toLowerCase(),
  'URL-encoded': encodeURIComponent,
  'URL-encoded in small letters': secret => lowerEscapes(encodeURIComponent(secret)),
  'URL-encoded character by character': secret =>
    secret.replace(/[\s\S]/g, character => `%${character.charCodeAt(0).toString(16)}`),
  'as a form': secret => new URLSearchParams({ x: secret }).toString(),
  'in JSON': secret => JSON.stringify({ x: secret }),
  'in JSON inside JSON': secret => JSON.stringify(JSON.stringify({ x: secret })),
  'in Go’s JSON': secret =>
    JSON.stringify(secret).replace(/[<>&]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`),
  'in PHP’s JSON': secret => JSON.stringify(secret).replaceAll('/', '\\/'),
  'in HTML': secret =>
    secret.replace(
      /[&<>"']/g,
      character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? '',
    ),
  'in Markdown': secret => secret.replace(/[\\`*_{}[\]()#+\-.!|~<>]/g, '\\$&'),
  'in base64': secret => Buffer.from(secret).toString('base64'),
  'in base64url': secret => Buffer.from(secret).toString('base64url'),
  'in base64 after one byte': secret => Buffer.from(`:${secret}`).toString('base64'),
  'in base64 after two bytes': secret => Buffer.from(`u:${secret}`).toString('base64'),
  'in base64 after three bytes': secret => Buffer.from(`me:${secret}`).toString('base64'),
  'in base64 between others': secret => Buffer.from(`user:${secret}@host`).toString('base64url'),
  'in base64 of JSON': secret => Buffer.from(JSON.stringify({ a: 1, key: secret })).toString('base64'),
  'in lines of 76 characters of base64': secret =>
    (
      Buffer.from(`${'x'.repeat(50)}${secret}`)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n'),
  'its first nine characters': secret => secret.slice(0, 9),
  'nine characters of its middle': secret => secret.slice(12, 21),
  'its last nine characters': secret => secret.slice(-9),
  'its halves apart': secret => `${secret.slice(0, 25)} … ${secret.slice(25)}`,
  'in an error of fetch': secret => `Headers.append: "Bearer ${secret}" is an invalid header value.`,
  'in an address': secret => `https://query.example/user/quota?key=${secret}&start=1`,
  'as a login': secret => `https://me:${secret}@gw.example/`,
};

describe('a secret in use', () => {
  const redactor = redactorOf(SECRET, ODD);
  for (const [how, write] of Object.entries(FORMS)) {
    it(`is redacted ${how}`, () => {
      for (const secret of [SECRET, ODD]) {
        const text = `before ${write(secret)} after`;
        const clean = redactor.redact(text);
        assert.ok(clean.includes('‹secret›'), clean);
        assert.ok(!shows(clean.toLowerCase(), secret.toLowerCase()), clean);
        assert.ok(!shows(clean, Buffer.from(secret).toString('base64').slice(2, -4)), clean);
        if (!how.startsWith('as a form') && !how.includes('login')) assert.match(clean, /^before .*after$/s);
      }
    });
  }

  it('is redacted in any form and any text', () => {
    const form = fc.constantFrom(...Object.values(FORMS));
    const around = fc.string({ unit: 'grapheme', maxLength: 30 });
    forAll(fc.tuple(around, form, around, fc.constantFrom(SECRET, ODD)), ([before, write, after, secret]) => {
      const clean = redactor.redact(before + write(secret) + after);
      return !shows(clean, secret) && !clean.includes(CANARY);
    });
  });

  it('is redacted in any part of more than eight characters', () => {
    const cut = fc.tuple(fc.nat(ODD.length - 9), fc.integer({ min: 9, max: ODD.length }));
    forAll(cut, ([from, length]) => {
      const part = ODD.slice(from, from + length);
      return part.length < 9 || !redactor.redact(`a ${part} b`).includes(part);
    });
  });

  it('stays redacted when the text is redacted again', () => {
    const form = fc.constantFrom(...Object.values(FORMS));
    forAll(fc.tuple(form, fc.string()), ([write, text]) => {
      const clean = redactor.redact(write(ODD) + text);
      return !shows(redactor.redact(clean), ODD);
    });
  });

  it('outside ASCII is found by its bytes', () => {
    const login = 'pässwörter';
    const bytes = [...new TextEncoder().encode(login)].map(byte => `%${byte.toString(16)}`).join('');
    assert.equal(redactorOf(login).redact(`a ${bytes} b`), 'a ‹secret› b');
  });

  it('that is a short word is redacted only where it stands alone', () => {
    const short = redactorOf('sk-1234');
    assert.equal(short.redact('key sk-1234.'), 'key ‹secret›.');
    assert.equal(short.redact('desk-12345'), 'desk-12345');
  });

  it('keeps the prefix that all keys share', () => {
    const live = redactorOf(`sk_live_${SECRET.slice(3)}`, `sk-or-v1-${SECRET.slice(3)}`);
    assert.equal(live.redact('keys begin with sk_live_ or sk-or-v1'), 'keys begin with sk_live_ or sk-or-v1');
  });
});

describe('plain data', () => {
  const redactor = redactorOf(SECRET);

  it('is redacted in all texts and member names', () => {
    const data = { a: [{ [SECRET]: `x ${SECRET}` }], b: SECRET, c: 7, d: null, e: undefined, f: true };
    const clean = redactor.redactValue(data);
    assert.ok(!JSON.stringify(clean).includes(CANARY));
    assert.deepEqual([clean.c, clean.d, clean.e, clean.f], [7, null, undefined, true]);
  });

  it('without a secret is not copied', () => {
    const data = { list: [{ name: 'Team' }], at: new Date(0) };
    assert.equal(redactor.redactValue(data), data);
  });

  it('keeps members that are named like a prototype', () => {
    const data = JSON.parse(`{"__proto__":{"polluted":"${SECRET}"},"x":1}`) as object;
    const clean = redactor.redactValue(data);
    assert.ok(!JSON.stringify(clean).includes(CANARY));
    assert.equal(Object.getPrototypeOf(clean), Object.prototype);
    assert.deepEqual(Object.getOwnPropertyDescriptor(clean, '__proto__')?.value, { polluted: '‹secret›' });
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.equal(Reflect.get(clean, 'x'), 1);
  });
});

describe('an error', () => {
  const redactor = redactorOf(SECRET);

  it('keeps name and stack, and loses secret and cause', () => {
    const cause = new Error(`cause ${SECRET}`);
    const clean = redactor.redactError(new TypeError(`bad header ${SECRET}`, { cause }));
    assert.equal(clean.name, 'TypeError');
    assert.equal(clean.message, 'bad header ‹secret›');
    assert.equal(clean.cause, undefined);
    assert.ok(!String(clean.stack).includes(CANARY));
    assert.match(String(clean.stack), /secretForms\.test/);
  });

  it('is created from a thrown value that is not one', () => {
    assert.equal(redactor.redactError(`thrown ${SECRET}`).message, 'thrown ‹secret›');
    assert.equal(redactor.redactError(undefined).message, 'undefined');
  });
});

describe('ordinary words beside words that mark secrets', () => {
  const redactor = redactorOf(SECRET, ODD);
  const TEXTS = [
    'Basic authentication required',
    'Bearer authentication is needed for this endpoint',
    '{"scope":{"key":"Continue, autocomplete"}}',
    'Authorization header missing',
    'https://gw.example:8443/v1/models',
    'a key for models: gpt-4.1, claude-sonnet-4-5',
    'remaining=12.40&used=3',
    'me@example.com wrote https://gw.example',
  ];
  for (const text of TEXTS) it(`stay: ${text}`, () => assert.equal(redactor.redact(text), text));
});

describe('names of our own members', () => {
  it('stay, with their values, whatever a password looks like', () => {
    const redactor = new Redactor();
    redactor.protect('remaining1');
    assert.deepEqual(redactor.redactValue({ remaining: 8, text: 'remaining1' }), {
      remaining: 8,
      text: '‹secret›',
    });
    assert.deepEqual(redactor.redactValue({ remaining1: 8 }), { '‹secret›': 8 });
  });
});
