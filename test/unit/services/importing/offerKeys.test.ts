import { deepStrictEqual, strictEqual } from 'node:assert';
import { describe, it } from 'mocha';
import { Redactor } from '../../../../src/redaction/redactor.ts';
import type { FoundSource } from '../../../../src/services/importing/candidate.ts';
import type { FoundKey } from '../../../../src/services/importing/foundKey.ts';
import { offerKeys } from '../../../../src/services/importing/offerKeys.ts';

const A = 'sk-aaaa1111bbbb2222cccc';

function offered(
  keys: readonly FoundKey[],
  environment: Readonly<Record<string, string>> = {},
  more: readonly FoundSource[] = [],
) {
  const redactor = new Redactor();
  const source = { title: 'a file', keys, isOwnFile: true };
  const sorted = offerKeys([source, ...more], {
    redactor,
    environment,
    isPlainHttpAllowed: () => false,
    keys: [],
  });
  return { ...sorted, redactor };
}

describe('keys that are offered', () => {
  it('are kept out of every text, also where a variable holds them', () => {
    const { redactor } = offered([{ secret: '{env:RELAY_KEY}', address: 'https://one.example' }], {
      RELAY_KEY: A,
    });
    strictEqual(redactor.redact(`with ${A}.`), 'with ‹secret›.');
  });

  it('may be named by a variable, whose name can be read', () => {
    const { rejected, redactor } = offered([{ secret: '{env:OPENAI_API_KEY}', name: 'Relay' }]);
    strictEqual(rejected[0]?.variable, 'OPENAI_API_KEY');
    strictEqual(redactor.redact('OPENAI_API_KEY is not set'), 'OPENAI_API_KEY is not set');
  });

  it('leave the words of a placeholder readable', () => {
    const { redactor } = offered([{ secret: 'your-api-key', address: 'https://one.example' }]);
    strictEqual(redactor.redact('header x-api-key'), 'header x-api-key');
  });

  it('are said to come from a file whose name cannot turn round what follows', () => {
    const source = {
      title: 'a\u202Egnp.json\n',
      keys: [{ secret: A }, { secret: 'other-key-of-mine' }],
      isOwnFile: false,
    };
    const { candidates, rejected } = offered([], {}, [source]);
    deepStrictEqual([candidates[0]?.sourceTitle, candidates[1]?.sourceTitle], ['agnp.json', 'agnp.json']);
    deepStrictEqual(rejected, []);
  });

  it('have names without control characters, changes of direction and secrets', () => {
    const names = [`Relay\u202E\n\u0000 One`, `Relay ${A}`, '\u200B'];
    const { candidates } = offered(
      names.map((name, at) => ({ secret: A, name, address: `https://${at}.example` })),
    );
    deepStrictEqual(
      candidates.map(({ label }) => label),
      ['Relay One', 'Relay ‹secret›', 'Imported key'],
    );
  });
});
