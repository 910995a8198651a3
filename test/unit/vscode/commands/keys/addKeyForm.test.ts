import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { BACK_PRESSED, vscodeStub } from '../../../support/vscodeStub.ts';

const CHANGE_ADDRESS = '‹Change Address›';
const ADDRESS_PROMPT = 'The gateway’s address. A path such as /v1 is left out automatically.';
const ADDRESS_OF_TAKEN = `The key alone does not show which gateway it belongs to. ${ADDRESS_PROMPT}`;
const KEPT = 'The key is kept in VS Code’s secret storage and sent only to this gateway.';

describe('the form that adds a key', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  /** The questions that were asked: lists by what stood in their fields, boxes by their prompts. */
  let asked: string[];
  /** What stood in boxes that hide it. */
  let hidden: string[];
  const host = () => new URL(gateway.origin).host;
  const keys = () => setup.testWindow.store.keys.allKeys();
  const said = () => vscodeStub.shown.filter(text => /was added|Nothing in what|You pasted/.test(text));

  /** Adds a key by these answers, one after the other; undefined closes a question, `same` takes what stands there. */
  const same = Symbol('same');
  const answer = async (...answers: readonly (string | undefined | typeof same)[]) => {
    const left = [...answers];
    vscodeStub.person = {
      picked: (_title, labels) => {
        asked.push(vscodeStub.shown[vscodeStub.shown.length - labels.length - 1] ?? '');
        const next = left.shift();
        return next === same ? labels[0] : (next as string | undefined);
      },
      typed: (prompt, value, password) => {
        asked.push(prompt);
        if (password) hidden.push(value);
        const next = left.shift();
        return next === same ? value : (next as string | undefined);
      },
      asked: () => undefined,
    };
    const result = await runCommand(setup.parts, 'keyQuota.addKey', undefined);
    assert.deepEqual(left, [], 'not every answer was asked for');
    return result;
  };

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    [asked, hidden] = [[], []];
    Object.assign(vscodeStub, { person: {}, shown: [], lists: [], handed: [], clipboard: '' });
  });

  afterEach(async () => {
    const secrets = [gateway.secret('ok'), ...hidden.filter(text => text.length > 10)];
    const seen = JSON.stringify([vscodeStub.shown, vscodeStub.lists, vscodeStub.handed]);
    assert.deepEqual(
      secrets.filter(secret => seen.includes(secret)),
      [],
      'a secret was shown',
    );
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  it('takes an address and a key that were pasted together, and asks for one yes more', async () => {
    vscodeStub.clipboard = `RELAY_BASE_URL=${gateway.origin}/v1\nRELAY_API_KEY=${gateway.secret('ok')}\n`;
    // The field leaves the ends of lines out.
    await answer(vscodeStub.clipboard.replaceAll('\n', ''), same);
    assert.deepEqual(hidden, [gateway.secret('ok')]);
    assert.equal(asked[1], `${host()}: New API, by its status page. ${KEPT}`);
    assert.deepEqual(
      keys().map(({ kind, baseUrl, credential }) => [kind, baseUrl, credential]),
      [['newApi', gateway.origin, 'apiKey']],
    );
    const [{ label = '' } = {}] = keys();
    assert.deepEqual(said(), [`“${label}” was added. ${host()}: New API, by its status page.`]);
  });

  for (const [what, text] of [
    [
      'cURL',
      (origin: string, secret: string) => `curl ${origin}/v1/models -H "Authorization: Bearer ${secret}"`,
    ],
    ['JSON', (origin: string, secret: string) => JSON.stringify({ baseUrl: origin, apiKey: secret })],
    ['two words', (origin: string, secret: string) => `${origin} ${secret}`],
  ] as const) {
    it(`takes both from ${what}, in the field or on the clipboard`, async () => {
      const pasted = text(gateway.origin, gateway.secret('ok'));
      await answer(pasted, undefined);
      vscodeStub.clipboard = pasted;
      await answer('Paste from the Clipboard', undefined);
      assert.deepEqual(hidden, [gateway.secret('ok'), gateway.secret('ok')]);
      assert.deepEqual(keys(), []);
    });
  }

  it('keeps the name that a pasted record has, and takes a variable’s for none', async () => {
    const record = { label: 'My own name', baseUrl: gateway.origin, apiKey: gateway.secret('ok') };
    await answer(JSON.stringify(record), same);
    await answer(`KEY=${gateway.secret('low')} ${gateway.origin}`, same);
    const [own, other] = keys().map(({ label }) => label);
    assert.equal(own, 'My own name');
    assert.notEqual(other, 'KEY');
  });

  it('takes an address alone, recognizes it without a key, and asks for the key', async () => {
    await answer(`${gateway.origin}/v1`, gateway.secret('ok'));
    assert.deepEqual(hidden, ['']);
    assert.equal(keys().length, 1);
    assert.equal(asked.length, 2);
    assert.equal(
      gateway.callsOf({ path: '/api/status' }).every(({ carriedSecret }) => !carriedSecret),
      true,
    );
  });

  it('knows a vendor by the shape of its key, and sends nothing before the yes', async () => {
    await answer(`sk-or-v1-${'0123456789abcdef'.repeat(4)}`, undefined);
    assert.equal(asked[1], `openrouter.ai: OpenRouter, by the shape of the key. ${KEPT}`);
    assert.deepEqual(gateway.calls, []);
  });

  it('knows a vendor by its address, and pairs it with a key of the same text', async () => {
    await answer(`OPENROUTER_API_KEY=${gateway.secret('ok')}`, undefined);
    assert.equal(asked[1], `openrouter.ai: OpenRouter, by the address. ${KEPT}`);
    assert.deepEqual(hidden, [gateway.secret('ok')]);
  });

  it('asks in which place the key of a vendor with several was issued', async () => {
    await answer('sk-cp-Made0Up1Made0Up1', 'api.minimax.io', undefined);
    assert.deepEqual(
      vscodeStub.lists.at(-1)?.map(({ label, description }) => [label, description]),
      [
        ['api.minimaxi.com', 'China'],
        ['api.minimax.io', 'international'],
        ['Another Address…', undefined],
      ],
    );
    assert.equal(asked[2], `api.minimax.io: MiniMax. ${KEPT}`);
  });

  it('asks for the address of a key that may be of many, and goes back to it from there', async () => {
    await answer(gateway.secret('ok'), BACK_PRESSED, gateway.secret('ok'), gateway.origin, same);
    assert.deepEqual(asked, [
      'Paste an address, a key, or both; or choose a gateway',
      ADDRESS_OF_TAKEN,
      'Paste an address, a key, or both; or choose a gateway',
      ADDRESS_OF_TAKEN,
      `${host()}: New API, by its status page. ${KEPT}`,
    ]);
    assert.equal(keys().length, 1);
  });

  it('asks for the address of a key that Claude Code sends to a gateway', async () => {
    await answer(`export ANTHROPIC_AUTH_TOKEN=${gateway.secret('ok')}`, gateway.origin, same);
    assert.equal(asked[1], ADDRESS_OF_TAKEN);
    assert.equal(keys().length, 1);
  });

  it('asks for the address of a key in a variable of a vendor that tells nothing of keys', async () => {
    await answer(`OPENAI_API_KEY=${gateway.secret('ok')}`, gateway.origin, same);
    assert.equal(asked[1], ADDRESS_OF_TAKEN);
    assert.equal(keys().length, 1);
    await answer(
      `OPENAI_BASE_URL=https://api.openai.com/v1 OPENAI_API_KEY=${gateway.secret('ok')}`,
      undefined,
    );
    assert.deepEqual(said().slice(-1), [
      'Nothing in what you pasted can be used. This vendor reports nothing about such a key.',
    ]);
  });

  it('says what is neither an address nor in a line, before the line that describes a gateway', async () => {
    const lastLines = async (typed: string) => {
      await answer(typed);
      return vscodeStub.picks
        .at(-1)
        ?.items.slice(-2)
        .map(({ label, detail }) => [label, detail]);
    };
    const remark = ['This is not an address.', 'Addresses look like https://api.example.com'];
    assert.deepEqual(await lastLines('hello there'), [remark, ['Describe a gateway…', undefined]]);
    for (const inLine of ['describe', 'OPENR', ' '])
      assert.notDeepEqual((await lastLines(inLine))?.[0], remark);
  });

  it('has what to do about an address on a line of its own', async () => {
    await answer('http://api.example.com');
    const [first] = vscodeStub.picks.at(-1)?.items ?? [];
    assert.equal(first?.label, 'Plain http would expose the key to everyone along the way.');
    assert.match(first?.detail ?? '', /^Use https: allowHttp applies only to private network addresses/);
  });

  it('says that nobody answers at the address, and nothing of the key', async () => {
    await answer(`http://127.0.0.1:9 ${gateway.secret('ok')}`, undefined);
    assert.deepEqual(
      vscodeStub.shown.filter(text => text.includes('127.0.0.1:9 ')),
      [
        'http://127.0.0.1:9 does not answer. Check the address and port, your network, and whether the gateway is running.',
      ],
    );
  });

  it('keeps no secret where the person goes back from it', async () => {
    await answer(`${gateway.origin} ${gateway.secret('ok')}`, BACK_PRESSED, gateway.origin, undefined);
    assert.deepEqual(hidden, [gateway.secret('ok'), '']);
  });

  it('has the typed address in the first box for who comes back to it, and no choice from the list', async () => {
    const firstLine = () => vscodeStub.lists.at(-1)?.[0]?.label;
    await answer(`${gateway.origin} ${gateway.secret('ok')}`, BACK_PRESSED, undefined);
    assert.equal(firstLine(), `Add a key for ${gateway.origin}`);
    await answer('CometAPI', BACK_PRESSED, undefined);
    assert.equal(firstLine(), 'Paste from the Clipboard');
  });

  it('offers the gateways of one’s keys, with two inputs to the next key', async () => {
    await setup.testWindow.addKey(gateway, 'ok');
    await answer(host(), gateway.secret('unlimited-string'));
    assert.equal(asked[1], `${host()}: New API, like your other keys there. ${KEPT}`);
    assert.deepEqual(
      keys().map(({ baseUrl }) => baseUrl),
      [gateway.origin, gateway.origin],
    );
    assert.equal(
      gateway.callsOf({ path: '/api/status' }).filter(({ carriedSecret }) => carriedSecret).length,
      0,
    );
  });

  it('offers each place of a vendor, with two inputs', async () => {
    await answer(undefined);
    const lines = vscodeStub.lists.at(-1)?.map(({ label, description }) => `${label} – ${description}`) ?? [];
    for (const line of [
      'OpenRouter – openrouter.ai',
      'Moonshot AI – api.moonshot.cn, China',
      'Moonshot AI – api.moonshot.ai, international',
      'SiliconFlow – api.siliconflow.cn, China',
      'SiliconFlow – api.siliconflow.com, international',
      'Zhipu GLM / Z.ai – open.bigmodel.cn, China, not documented by its vendor',
      'Zhipu GLM / Z.ai – api.z.ai, international, not documented by its vendor',
      'MiniMax – api.minimaxi.com, China, not documented by its vendor',
      'MiniMax – api.minimax.io, international, not documented by its vendor',
    ])
      assert.ok(lines.includes(line), `${line} is not among ${lines.join('\n')}`);
    await answer('DeepSeek', undefined);
    assert.equal(asked.at(-1), `api.deepseek.com: DeepSeek. ${KEPT}`);
  });

  it('changes the address from the box for the key, which keeps what stands in it', async () => {
    const cometApi = await startSampleGateway({ kind: 'cometApi' });
    try {
      await answer(
        'CometAPI',
        CHANGE_ADDRESS,
        BACK_PRESSED,
        CHANGE_ADDRESS,
        cometApi.origin,
        cometApi.secret('ok'),
        'API key',
      );
      assert.deepEqual(asked.slice(1), [
        `api.cometapi.com: CometAPI. ${KEPT}`,
        ADDRESS_PROMPT,
        `api.cometapi.com: CometAPI. ${KEPT}`,
        ADDRESS_PROMPT,
        `${new URL(cometApi.origin).host}: CometAPI. ${KEPT}`,
        'What type of credential is it?',
      ]);
      assert.deepEqual(
        keys().map(({ kind, baseUrl, credential }) => [kind, baseUrl, credential]),
        [['cometApi', cometApi.origin, 'apiKey']],
      );
      assert.deepEqual(
        cometApi.callsOf({ path: '/api/status' }).filter(({ carriedSecret }) => carriedSecret),
        [],
      );
    } finally {
      await cometApi.close();
    }
  });

  it('recognizes it again at another address, unless the person chose the kind', async () => {
    const other = await startSampleGateway({ kind: 'aioHub' });
    try {
      await answer(`${gateway.origin} ${gateway.secret('ok')}`, CHANGE_ADDRESS, other.origin, undefined);
      assert.equal(asked.at(-1), `${new URL(other.origin).host}: AIOHub, by its status page. ${KEPT}`);
      assert.deepEqual(hidden, [gateway.secret('ok'), gateway.secret('ok')]);
    } finally {
      await other.close();
    }
  });

  it('asks which credential it is where the form of the secret does not tell', async () => {
    await answer(gateway.origin, gateway.secret('ok').replace(/^sk-/, ''), undefined);
    assert.equal(asked.at(-1), 'What type of credential is it?');
    assert.deepEqual(
      vscodeStub.lists.at(-1)?.map(({ label }) => label),
      ['API key', 'Access token of the account'],
    );
  });

  it('takes a management key that looks like any other as what its gateway says it is', async () => {
    const vendor = await startSampleGateway({ kind: 'openRouter', accounts: [{ name: 'team' }] });
    try {
      const account = vendor.account('team');
      Object.assign(account, { managementKey: `sk-or-v1-${'0123456789abcdef'.repeat(4)}` });
      await answer('OpenRouter', CHANGE_ADDRESS, vendor.origin, account.managementKey);
      assert.deepEqual(
        keys().map(({ kind, credential }) => [kind, credential]),
        [['openRouter', 'managementKey']],
      );
    } finally {
      await vendor.close();
    }
  });

  it('hands several keys to the import, and takes none', async () => {
    const two = `${gateway.origin} ${gateway.secret('ok')} ${gateway.secret('unlimited-string')}`;
    assert.equal(await answer(two), undefined);
    assert.deepEqual(said(), ['You pasted 2 keys. Import Keys takes several at once.']);
    assert.deepEqual([keys(), gateway.calls], [[], []]);
  });

  for (const [what, text, why] of [
    ['a login', 'sk-ant-oat01-Made0Up1Made0Up1Made0Up1', 'It is a login, not an API key.'],
    [
      'a vendor’s own key',
      'OPENAI_API_KEY=sk-proj-Made0Up1Made0Up1',
      'This vendor reports nothing about such a key.',
    ],
    [
      'a key as web pages show it',
      'sk-abcd**********wxyz',
      'This is not the key itself: it says where the key is, or has characters masked or left out. Copy the whole key.',
    ],
    [
      'a key with spaces in it',
      'sk-abcd efgh ijkl',
      'The key contains spaces, line breaks or characters outside ASCII. Copy it again, the key alone.',
    ],
    [
      'an address with a password',
      'https://me:Word1234@gateway.example',
      'Leave user name and password out of the address.',
    ],
  ] as const) {
    it(`takes nothing from ${what}, says why, and asks again`, async () => {
      assert.equal(await answer(text, undefined), undefined);
      assert.deepEqual(said(), [`Nothing in what you pasted can be used. ${why}`]);
      assert.deepEqual([keys(), gateway.calls], [[], []]);
    });
  }

  it('says that the clipboard is empty, and asks again', async () => {
    vscodeStub.clipboard = ' ';
    await answer('Paste from the Clipboard', undefined);
    assert.ok(
      vscodeStub.shown.includes('The clipboard contains no text. Copy an address, a key, or both first.'),
    );
    assert.equal(asked.length, 2);
  });

  it('takes the address of an example whose key is left out', async () => {
    await answer(
      `curl ${gateway.origin}/v1/models -H "Authorization: Bearer $RELAY_KEY"`,
      gateway.secret('ok'),
    );
    assert.equal(keys().length, 1);
  });

  it('takes the address of a record whose key is a placeholder', async () => {
    vscodeStub.clipboard = `RELAY_BASE_URL=${gateway.origin}/v1\nRELAY_API_KEY=your-api-key\n`;
    await answer('Paste from the Clipboard', undefined);
    assert.deepEqual(hidden, ['']);
    assert.equal(asked[1], `${host()}: New API, by its status page. ${KEPT}`);
  });

  it('asks no page of an address where other keys are', async () => {
    await setup.testWindow.addKey(gateway, 'ok');
    const before = gateway.calls.length;
    await answer(`${gateway.origin}/v1`, undefined);
    assert.equal(asked[1], `${host()}: New API, like your other keys there. ${KEPT}`);
    assert.equal(gateway.calls.length, before);
  });

  it('gives each key a name of its own', async () => {
    const nameless = await startSampleGateway({ kind: 'openRouter' });
    try {
      for (const handle of ['ok', 'unlimited'])
        await answer('OpenRouter', CHANGE_ADDRESS, nameless.origin, nameless.secret(handle));
      const address = new URL(nameless.origin).host;
      assert.deepEqual(
        keys().map(({ label }) => label),
        [address, `${address} (2)`],
      );
    } finally {
      await nameless.close();
    }
  });
});
