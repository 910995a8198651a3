import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { commonSubstringLength, isPublicWord } from '../../../src/redaction/publicWords.ts';
import { redactor as ofThisProcess, Redactor } from '../../../src/redaction/redactor.ts';
import { fileText } from '../../../src/vscode/host/fileText.ts';
import { forAll } from '../support/forAll.ts';

const SOURCE = fileURLToPath(new URL('../../../src/', import.meta.url));
/** A value of a closed set, as types are written here. */
const VALUE = /(?<=[|:=]\s*)'([A-Za-z][A-Za-z-]{5,})'(?=\s*[|;])/g;

/** A closed set that is written as a list. */
const LIST = /\[([^\]]*)\] as const/g;
const LITERAL = /'([A-Za-z][A-Za-z-]{5,})'/g;

/** The values of closed sets in a file, as types or as lists. */
function valuesIn(source: string): string[] {
  const lists = [...source.matchAll(LIST)].map(([, items = '']) => items);
  const found = [...source.matchAll(VALUE), ...lists.flatMap(items => [...items.matchAll(LITERAL)])];
  return found.map(([, value = '']) => value);
}

/** Every value of the closed sets that our state is made of and that is long enough to be taken for a secret. */
const VALUES = [
  ...new Set(
    [
      'core/{quota,usage,forecast,warnings}/*.ts',
      'gateways/credentialSpec.ts',
      'gateways/gateway.ts',
      'gateways/site.ts',
      'gateways/verification.ts',
    ]
      .flatMap(pattern => globSync(pattern, { cwd: SOURCE }))
      .flatMap(file => valuesIn(readFileSync(`${SOURCE}${file}`, 'utf8')))
      // The name of an error, and of what JavaScript tells types by.
      .filter(value => !['GatewayError', 'object', 'number', 'string'].includes(value)),
  ),
];
const TIMES = ['2026-11-29', '2026-11-29T00:24:21.123Z', '2026-11-29T08:00:00+08:00', '+010000-01-01'];
const OWN = [...VALUES, ...TIMES];

const STATE = {
  id: 'a',
  kind: 'newApi',
  origin: 'https://relayexample.com',
  credential: 'accessToken',
  status: 'exhausted',
  reading: {
    takenAt: '2026-11-29T00:24:21.123Z',
    unit: { code: 'TOKENS', source: 'gateway' },
    quota: { unlimited: false, granted: 123456.789012, remaining: 8 },
  },
  failure: { class: 'rate-limited', reason: 'too-many-requests', retryAt: '2026-11-29T01:00:00.000Z' },
};

const random = (seed: number) => `${seed.toString(36)}Qz7Wv1Xy3Kp9Lm2Nr`;

describe('a word of our own', () => {
  it('is each value of a closed set in our types', () => {
    assert.ok(VALUES.length > 80, String(VALUES.length));
    assert.deepEqual(
      VALUES.filter(value => !isPublicWord(value)),
      [],
    );
  });

  it('is no other word', () => {
    const OTHERS = ['passwords', 'relayexample', '2026-1-1', '20261129', '2026-11-29T', 'exhausted1', ''];
    assert.deepEqual(OTHERS.filter(isPublicWord), []);
  });

  it('is never changed, whatever secret holds it', () => {
    const secrets = fc.tuple(
      fc.constantFrom(...OWN),
      fc.nat(),
      fc.constantFrom('sk-', '', 'mk_'),
      fc.boolean(),
    );
    forAll(secrets, ([word, seed, prefix, isFirst]) => {
      const redactor = new Redactor();
      redactor.protect(isFirst ? `${prefix}${word}-${random(seed)}` : `${prefix}${random(seed)}-${word}`);
      redactor.protect(`${word}1`);
      redactor.protect(word);
      const texts = [word, `It is ${word}.`, `“${word}”, ${word}: 8`, `{"of":"${word}"}`];
      return (
        texts.every(text => redactor.redact(text) === text) &&
        redactor.redactValue({ of: [word] }).of[0] === word
      );
    });
  });

  it('is a part of a secret where anything of the secret stands beside it', function () {
    this.timeout(120_000);
    forAll(fc.tuple(fc.constantFrom(...OWN), fc.nat(), fc.boolean()), ([word, seed, isFirst]) => {
      const [own, redactor] = [random(seed), new Redactor()];
      const secret = isFirst ? `sk-${word}-${own}` : `sk-${own}-${word}`;
      redactor.protect(secret);
      for (let from = 0; from + 8 <= secret.length; from++) {
        for (let to = from + 8; to <= secret.length; to++) {
          const part = secret.slice(from, to);
          if (word.includes(part) || `-${word}-`.includes(part)) continue;
          if (redactor.redact(`a ${part} b`).includes(part)) return false;
        }
      }
      return !redactor.redact(`a ${secret} b`).includes(own.slice(0, 8));
    });
  });

  it('leaves every state of a key as it is', () => {
    for (const secret of [
      'remaining1',
      'granted123456.789012',
      'exhausted',
      'TOKENS',
      'sk-unlimited-4fVq81LmXz',
      'sk-exhausted-4fVq81LmXz',
      'rate-limited-too-many-requests',
      '2026-11-29',
      '2026-11-29T00:24:21.123Z',
    ]) {
      const redactor = new Redactor();
      redactor.protect(secret);
      assert.equal(redactor.redactValue(STATE), STATE, secret);
    }
  });

  it('and every figure stay in a file of JSON, which stays one', () => {
    ofThisProcess.protect('123456.789012');
    ofThisProcess.protect('remaining1');
    const text = fileText('json', `${JSON.stringify({ ...STATE, note: 'remaining1' }, null, 2)}\n`);
    assert.equal(text, `${JSON.stringify({ ...STATE, note: '‹secret›' }, null, 2)}\n`);
    assert.equal(fileText('json', 'no JSON: remaining1'), 'no JSON: ‹secret›');
  });
});

describe('the host that a key is sent to', () => {
  const ORIGIN = 'https://api.relayexample.com:8443';
  const SECRET = 'sk-relayexample4fVq81LmXzPw07Tr';
  const redactor = new Redactor();
  redactor.protect(SECRET, ORIGIN);

  it('stays readable, though its key begins like it', () => {
    for (const text of [
      ORIGIN,
      'api.relayexample.com',
      'See relayexample.com.',
      'relayexample: “no”',
      'RelayExample',
    ]) {
      assert.equal(redactor.redact(text), text);
    }
  });

  it('stays readable as a whole, with its port and path, though keys begin like them', () => {
    const other = new Redactor();
    const base = 'https://relay.example.com:8443/Team-Alpha';
    other.protect('relay.example-Qz7Wv1Xy3Kp9Lm2Nr4', base);
    other.protect('team-alpha.Bm4Nt8Rc2Df6', base);
    assert.equal(other.redact(`at ${base}/v1`), `at ${base}/v1`);
  });

  it('does not hide the key, or a part of it', () => {
    assert.equal(redactor.redact(`a ${SECRET} b`), 'a ‹secret› b');
    for (let from = 0; from + 8 <= SECRET.length; from++) {
      const part = SECRET.slice(from, from + 8);
      if (!'relayexample'.includes(part)) assert.equal(redactor.redact(`a ${part} b`), 'a ‹secret› b');
    }
    assert.equal(redactor.redact('https://relayexample4f.com'), 'https://‹secret›.com');
  });

  it('is unreadable where it holds more than half of any secret', () => {
    const other = new Redactor();
    other.protect('sk-4fVq81LmXzPw07Tr', 'https://sk-4fvq81lmxzpw07tr.example');
    assert.equal(other.redact('https://4fvq81lmxzpw07tr.example'), 'https://‹secret›.example');
    other.protect(SECRET, ORIGIN);
    assert.equal(other.redact(ORIGIN), ORIGIN);
    other.protect('relayexample1', 'https://other.example');
    assert.equal(other.redact(ORIGIN), 'https://api.‹secret›.com:8443');
  });
});

describe('what two texts share', () => {
  it('is their longest run of the same characters', () => {
    assert.equal(commonSubstringLength('relayexample', 'sk-RELAYexample4f'), 12);
    assert.equal(commonSubstringLength('abcXdef', 'abcdef'), 3);
    assert.equal(commonSubstringLength('', 'a'), 0);
    forAll(
      fc.tuple(fc.string(), fc.string()),
      ([one, two]) => commonSubstringLength(one, one + two) === one.length,
    );
  });
});
