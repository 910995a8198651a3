import { deepStrictEqual } from 'node:assert';
import { describe, it } from 'mocha';
import { fingerprintOf } from '../../../../src/core/input/secretText.ts';
import type { FoundKey } from '../../../../src/services/importing/foundKey.ts';
import { parseEnvText } from '../../../../src/services/importing/parseEnvText.ts';
import { sortFoundKeys } from '../../../../src/services/importing/sortFoundKeys.ts';

const A = 'sk-aaaa1111bbbb2222cccc';
const B = 'sk-dddd3333eeee4444ffff';

interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly present?: Readonly<Record<string, string>>;
  readonly isOwnFile?: boolean;
}

function sorted(keys: readonly FoundKey[], { environment = {}, present = {}, isOwnFile = true }: Given = {}) {
  return sortFoundKeys([{ title: 'A file', keys, isOwnFile }], {
    environment,
    isPlainHttpAllowed: () => false,
    presentAs: fingerprint => present[fingerprint],
  });
}

function reasonOf(key: FoundKey, given?: Given): string | undefined {
  return sorted([key], given).rejected[0]?.reason;
}

describe('keys that were found', () => {
  it('keep their address as a base URL, and the kind that a host tells', () => {
    const { candidates } = sorted([{ secret: A, address: 'https://openrouter.ai/api/v1', name: 'Mine' }]);
    deepStrictEqual(
      candidates.map(({ label, baseUrl, kind }) => ({ label, baseUrl, kind })),
      [{ label: 'Mine', baseUrl: 'https://openrouter.ai', kind: 'openRouter' }],
    );
  });

  it('of a kind that is told stand where that kind stands, and log in as it does', () => {
    for (const [kind, baseUrl, secret] of [
      ['prometheus', 'https://grafana.example/api/datasources/proxy/uid/x', 'none'],
      ['prometheus', 'https://prom.example', 'ada:monkey:banana'],
      ['teamServer', 'https://one.example/api/quota', A],
    ] as const)
      deepStrictEqual(
        sorted([{ secret, address: baseUrl, kind }]).candidates.map(each => [each.baseUrl, each.secret]),
        [[baseUrl, secret]],
      );
    deepStrictEqual(
      reasonOf({ secret: 'none', address: 'https://one.example', kind: 'newApi' }),
      'placeholder',
    );
  });

  it('are called by their host where nothing names them, as a variable `API_KEY` does not', () => {
    const found = parseEnvText(`API_KEY=${A}\nURL=https://one.example/v1\nRELAY_API_KEY=${B}`);
    deepStrictEqual(
      sorted([...found, { secret: A, address: 'https://two.example', name: 'Mine' }]).candidates.map(
        ({ label, isNamed }) => [label, isNamed],
      ),
      [
        ['one.example', undefined],
        ['RELAY_API_KEY', undefined],
        ['Mine', true],
      ],
    );
  });

  const addresses: readonly (readonly [string, string])[] = [
    ['https://one.example/litellm/v1', 'https://one.example/litellm'],
    ['https://one.example/anthropic', 'https://one.example'],
    ['https://one.example/newapi/claude/v1', 'https://one.example/newapi'],
  ];
  for (const [address, baseUrl] of addresses) {
    it(`are sent to ${baseUrl} for ${address}`, () => {
      deepStrictEqual(sorted([{ secret: A, address }]).candidates[0]?.baseUrl, baseUrl);
    });
  }

  it('are offered once where two records have the same', () => {
    const keys = [
      { secret: A, address: 'https://one.example/v1' },
      { secret: A, address: 'https://one.example' },
      { secret: A },
      { secret: B },
    ];
    deepStrictEqual(
      sorted(keys).candidates.map(({ secret, baseUrl }) => [secret, baseUrl]),
      [
        [A, 'https://one.example'],
        [B, undefined],
      ],
    );
  });

  it('are marked when they are here already', () => {
    const present = { [fingerprintOf('https://one.example', A)]: 'Work' };
    const { candidates } = sorted([{ secret: A, address: 'https://one.example' }], { present });
    deepStrictEqual(candidates[0]?.presentAs, 'Work');
  });

  it('are looked up in the environment for a file of the user’s own', () => {
    const { candidates } = sorted([{ secret: '{env:MINE}', address: 'https://one.example' }], {
      environment: { MINE: A },
    });
    deepStrictEqual([candidates[0]?.secret, candidates[0]?.variable], [A, 'MINE']);
    const plain = sorted([{ secret: A, address: 'https://one.example' }]).candidates[0];
    deepStrictEqual([plain?.secret, plain?.variable], [A, undefined]);
  });

  it('are not looked up there for any other file', () => {
    const key = { secret: '$MINE', address: 'https://evil.example' };
    deepStrictEqual(sorted([key], { environment: { MINE: A }, isOwnFile: false }), {
      candidates: [],
      rejected: [{ label: 'A file', sourceTitle: 'A file', reason: 'reference', variable: 'MINE' }],
    });
  });

  it('get no address from the same text elsewhere', () => {
    const { candidates } = sorted([{ secret: A }, { secret: B, address: 'https://one.example' }]);
    deepStrictEqual(candidates[0]?.baseUrl, undefined);
  });

  const rejected: readonly (readonly [string, FoundKey, string])[] = [
    ['a variable that is not set', { secret: '$MINE' }, 'unset-variable'],
    ['a file that holds the secret', { secret: '{file:~/.secret}' }, 'reference'],
    ['a secret of a workflow', { secret: '$'.concat('{{ secrets.MINE }}') }, 'reference'],
    ['a vault', { secret: 'op://vault/item' }, 'reference'],
    ['a program to be run', { secret: '$(cat key)' }, 'reference'],
    ['a placeholder', { secret: 'your-api-key' }, 'placeholder'],
    ['a masked key', { secret: 'sk-abc****xyz' }, 'placeholder'],
    ['a login of Claude', { secret: 'sk-ant-oat01-abcdefghijklmnop' }, 'login'],
    ['a JSON web token', { secret: 'eyJhbGciOiJIUzI1NiJ9.e30.abc' }, 'login'],
    ['CC Switch’s own proxy', { secret: A, address: 'http://127.0.0.1:15721' }, 'local-proxy'],
    ['what CC Switch writes for its proxy', { secret: 'PROXY_MANAGED' }, 'local-proxy'],
    ['a key of OpenAI', { secret: A, address: 'https://api.openai.com/v1' }, 'not-supported'],
    ['plain http', { secret: A, address: 'http://one.example' }, 'plain-http'],
    ['an address that is none', { secret: A, address: 'nonsense here' }, 'bad-address'],
    ['a text with spaces', { secret: 'not a key at all' }, 'not-a-key'],
  ];
  for (const [what, key, reason] of rejected) {
    it(`are not offered: ${what}`, () => {
      deepStrictEqual(reasonOf(key), reason);
    });
  }
});
