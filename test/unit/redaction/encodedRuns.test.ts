import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Redactor } from '../../../src/redaction/redactor.ts';

/** No word of any language, and without a prefix that gives it away. */
const SECRET = 'Qz7Wv1Xy3Kp9';
const BYTES = [...Buffer.from(SECRET)];
const HEX = BYTES.map(byte => byte.toString(16));

const redactor = new Redactor();
redactor.protect(SECRET);

describe('a secret written as numbers', () => {
  const FORMS: Readonly<Record<string, string>> = {
    'in escapes of a shell': HEX.map(hex => `\\x${hex}`).join(''),
    'in escapes of JSON': HEX.map(hex => `\\u00${hex}`).join(''),
    'in a list of C': HEX.map(hex => `0x${hex}`).join(', '),
    'as in a mail': HEX.map(hex => `=${hex.toUpperCase()}`).join(''),
    'in HTML, in hexadecimals': HEX.map(hex => `&#x${hex};`).join(''),
    'in HTML, in decimals': BYTES.map(byte => `&#${byte};`).join(''),
    'in a dump': HEX.join(' '),
    'in a dump without spaces': HEX.join(''),
    'in a fingerprint': HEX.join(':'),
  };
  for (const [how, text] of Object.entries(FORMS)) {
    it(`${how} is taken out`, () => {
      const clean = redactor.redact(`[${text}]`);
      assert.equal(clean, '[‹secret›]');
    });
  }
});

describe('a secret in a dump that begins with half a byte', () => {
  it('is taken out but for its last half', () => {
    assert.equal(redactor.redact(`[5${HEX.join('')}]`), '[‹secret›9]');
  });
});

describe('numbers that are none of a secret', () => {
  for (const text of [
    'request 5f3759df-ab12-4c34-9d56-0123456789ab',
    'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'bytes 00 01 02 03 04 05 06 07 08 09',
    '\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08',
    '&#20196;&#29260;&#39069;&#24230;&#24050;&#29992;&#23613;&#12290;',
  ]) {
    it(`stay: ${text}`, () => assert.equal(redactor.redact(text), text));
  }
});
