import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Redactor } from '../../../src/redaction/redactor.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';

const SECRET = secretFor('guarded');

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.protect(secret);
  return redactor;
}

describe('the shortest secrets', () => {
  it('of six characters are taken out where they stand alone, of five never', () => {
    const redactor = redactorOf('x7Qp2k', 'x7Qp2');
    assert.equal(redactor.redact('a x7Qp2k b, a x7Qp2 b'), 'a ‹secret› b, a x7Qp2 b');
    assert.equal(redactor.redact('ax7Qp2kb'), 'ax7Qp2kb');
  });

  it('of eight characters are taken out in the middle of a word too, of seven not', () => {
    const redactor = redactorOf('x7Qp2kMv', 'y8Rq3lN');
    assert.equal(redactor.redact('ax7Qp2kMvb ay8Rq3lNb'), 'a‹secret›b ay8Rq3lNb');
  });

  it('are taken out letter for letter, though they hold characters with a meaning in patterns', () => {
    const redactor = redactorOf('(x7.p2', 'y8+q3l');
    assert.equal(redactor.redact('a (x7.p2 b y8+q3l c'), 'a ‹secret› b ‹secret› c');
    assert.equal(redactor.redact('a (x7Qp2 b y88q3l c'), 'a (x7Qp2 b y88q3l c');
  });
});

describe('the prefix of a secret', () => {
  it('goes with a secret that was stored without it', () => {
    const redactor = redactorOf('Bm4Nt8Rc2Df6');
    assert.equal(redactor.redact('a sk-Bm4Nt8Rc2Df6 b'), 'a ‹secret› b');
    assert.equal(redactor.redact('a sk-or-v1-Bm4Nt8Rc2Df6 b'), 'a ‹secret› b');
  });

  it('stays alone, also where the secret is written in two ways', () => {
    assert.equal(
      redactorOf('sk-or-v1-Bm4+Nt8Rc2Df6').redact('all begin with sk-or-v1'),
      'all begin with sk-or-v1',
    );
  });

  it('is taken out of base64 with the secret', () => {
    const secret = 'sk-Bm4Nt8Rc2Df6';
    const text = Buffer.from(secret).toString('base64');
    assert.equal(redactorOf(secret).redact(`a ${text} b`), 'a ‹secret› b');
  });
});

describe('a secret in base64', () => {
  const secret = 'Qz7Wv1Xy3Kp9La';
  const redactor = redactorOf(secret);

  // After two bytes the secret ends with the 16th byte, so that the last character holds two bits of it.
  for (const [before, kept] of [
    ['', 0],
    ['u', 2],
    ['u:', 3],
    ['me:', 4],
  ] as const) {
    it(`after ${before.length} bytes is taken out to its last character`, () => {
      const text = Buffer.from(before + secret)
        .toString('base64')
        .replace(/=+$/, '');
      assert.equal(redactor.redact(`a ${text} b`), `a ${text.slice(0, kept)}‹secret› b`);
    });
  }
});

describe('a secret whose base64 needs all of its alphabet', () => {
  const redactor = redactorOf('???>>>???>>>');

  for (const text of ['Pz8/Pj4+Pz8/Pj4+', 'Pz8_Pj4-Pz8_Pj4-']) {
    it(`is taken out as ${text}`, () => assert.equal(redactor.redact(`a ${text} b`), 'a ‹secret› b'));
  }
});

describe('a secret with characters that other languages escape', () => {
  // No eight of its characters stand together once they are escaped.
  const secret = 'Zq7&Wx2Hy<9/"4/>Kp\\_Qr6';

  for (const [language, text] of [
    ['HTML', String.raw`Zq7&amp;Wx2Hy&lt;9/&quot;4/&gt;Kp\_Qr6`],
    ['JSON', String.raw`Zq7&Wx2Hy<9/\"4/>Kp\\_Qr6`],
    ['PHP’s JSON', String.raw`Zq7&Wx2Hy<9\/\"4\/>Kp\\_Qr6`],
    ['Go’s JSON', String.raw`Zq7\u0026Wx2Hy\u003c9/\"4/\u003eKp\\_Qr6`],
    ['Markdown', String.raw`Zq7&Wx2Hy\<9/"4/\>Kp\\\_Qr6`],
  ] as const) {
    it(`is taken out of ${language} to its last character`, () => {
      assert.equal(redactorOf(secret).redact(`a ${text} b`), 'a ‹secret› b');
    });
  }
});

describe('a secret whose place is no address', () => {
  it('is taken out all the same', () => {
    const redactor = new Redactor();
    redactor.protect(SECRET, 'no address');
    assert.equal(redactor.redact(`a ${SECRET} b`), 'a ‹secret› b');
  });
});

describe('plain data', () => {
  const redactor = redactorOf(SECRET);

  it('stays as it was where it came from', () => {
    const list = [SECRET, 'clean'];
    const data = { list, text: SECRET };
    assert.deepEqual(redactor.redactValue(data), { list: ['‹secret›', 'clean'], text: '‹secret›' });
    assert.deepEqual([list, data.list === list, data.text], [[SECRET, 'clean'], true, SECRET]);
  });

  it('is redacted in every item of a list and in every member', () => {
    assert.deepEqual(redactor.redactValue([SECRET, 1, SECRET]), ['‹secret›', 1, '‹secret›']);
    assert.deepEqual(redactor.redactValue({ a: SECRET, b: 1, c: SECRET }), {
      a: '‹secret›',
      b: 1,
      c: '‹secret›',
    });
  });

  it('is redacted where it has no prototype', () => {
    const bare = Object.assign(Object.create(null) as object, { a: SECRET });
    assert.deepEqual({ ...redactor.redactValue(bare) }, { a: '‹secret›' });
  });

  it('keeps objects of a class as they are, which no copy could stand for', () => {
    class Held {
      readonly text = SECRET;
    }
    const held = new Held();
    assert.equal(redactor.redactValue({ held }).held, held);
  });

  it('that holds itself comes to an end', () => {
    const round: { text: string; self?: unknown } = { text: 'clean' };
    round.self = round;
    assert.equal(redactor.redactValue(round), round);
    const list: unknown[] = ['clean'];
    list.push(list);
    assert.equal(redactor.redactValue(list), list);
  });

  it('keeps the names of our members, though a secret begins like one', () => {
    const other = redactorOf('watchedMs1');
    assert.deepEqual(other.redactValue({ watchedMs: 8 }), { watchedMs: 8 });
    assert.deepEqual(other.redactValue({ watchedMs1: 8 }), { '‹secret›': 8 });
  });
});

describe('an error', () => {
  it('still tells where it was thrown, without what it said', () => {
    function whereItWasThrown() {
      return new Error(`bad ${SECRET}`);
    }
    const { stack = '' } = redactorOf(SECRET).redactError(whereItWasThrown());
    assert.match(stack, /whereItWasThrown/);
    assert.match(stack, /bad ‹secret›/);
  });

  it('may have lost its stack', () => {
    const bare = Object.assign(new Error(`bad ${SECRET}`), { stack: undefined });
    assert.equal(redactorOf(SECRET).redactError(bare).message, 'bad ‹secret›');
  });
});

describe('two secrets that follow one another', () => {
  it('are both taken out, with the prefix of the second', () => {
    const [one, two] = ['Qz7Wv1Xy3Kp9La', 'sk-Bm4Nt8Rc2Df6'];
    assert.equal(redactorOf(one, two).redact(`a ${one} ${two} b`), 'a ‹secret› ‹secret› b');
  });
});

describe('a host that shares characters with a secret', () => {
  const told = (secret: string) => {
    const redactor = new Redactor();
    redactor.protect(secret, 'https://kx7qp2mv.example');
    return redactor.redact('at kx7qp2mv.example');
  };

  it('stays readable up to half of the secret, and not beyond', () => {
    assert.equal(told('kx7qp2mvN4tR8sWz'), 'at kx7qp2mv.example');
    assert.equal(told('kx7qp2mvN4tR8sW'), 'at ‹secret›.example');
  });
});
