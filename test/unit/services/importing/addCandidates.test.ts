import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { gatewayOf } from '../../../../src/gateways/registry.ts';
import {
  addCandidates,
  type ChosenCandidate,
  type KeysToAddTo,
  removeKeys,
} from '../../../../src/services/importing/addCandidates.ts';
import type { KeyDraft } from '../../../../src/services/keys/keyDraft.ts';
import type { Outcome } from '../../../../src/services/polling/check.ts';

const A = 'sk-aaaa1111bbbb2222cccc';
const ONE = 'https://one.example';

function candidate(more: Partial<ChosenCandidate> = {}): ChosenCandidate {
  return { label: 'Mine', sourceTitle: 'A file', secret: A, baseUrl: ONE, ...more };
}

/** Keys in memory; addresses other than `ONE` are of no known kind. */
class Keys implements KeysToAddTo {
  readonly drafts = new Map<string, KeyDraft>();
  readonly recognized: string[] = [];
  /** The first readings of what was added. */
  readonly readings: (Reading | undefined)[] = [];
  readonly restored: string[] = [];
  present: readonly Pick<KeyRecord, 'id' | 'label'>[] = [];

  async add(draft: KeyDraft, outcome?: Outcome): Promise<string> {
    const id = `new-${this.drafts.size + 1}`;
    this.drafts.set(id, draft);
    this.readings.push(outcome?.reading);
    return id;
  }
  duplicateOf({ secret }: Pick<KeyDraft, 'baseUrl' | 'secret'>): KeyRecord | undefined {
    return secret === 'sk-present-0000000000' ? ({ id: 'old', label: 'Old' } as KeyRecord) : undefined;
  }
  async restoreSecret(key: KeyRecord): Promise<void> {
    this.restored.push(key.id);
  }
  async recognize(baseUrl: string) {
    this.recognized.push(baseUrl);
    if (baseUrl === 'https://dead.example') throw failed('transient', 'connection-refused');
    return baseUrl === ONE ? { gateway: gatewayOf('newApi') ?? assert.fail() } : undefined;
  }
  keysById(): ReadonlyMap<string, KeyRecord> {
    return new Map(this.present.map(key => [key.id, key as KeyRecord]));
  }
  findById(id: string): KeyRecord | undefined {
    return this.drafts.has(id) ? ({ id } as KeyRecord) : undefined;
  }
  async remove({ id }: KeyRecord): Promise<void> {
    this.drafts.delete(id);
  }
}

async function add(keys: Keys, chosen: readonly ChosenCandidate[], signal = new AbortController().signal) {
  return addCandidates(keys, chosen, () => undefined, signal);
}

describe('adding what was ticked', () => {
  it('asks an address once for all its keys, and not where the kind is known', async () => {
    const keys = new Keys();
    const { added } = await add(keys, [
      candidate(),
      candidate({ secret: 'sk-second-000000000' }),
      candidate({ secret: 'sk-third-0000000000', baseUrl: 'https://two.example', kind: 'aioHub' }),
    ]);
    assert.equal(added.length, 3);
    assert.deepEqual(keys.recognized, [ONE]);
    assert.deepEqual(
      [...keys.drafts.values()].map(({ kind }) => kind),
      ['newApi', 'newApi', 'aioHub'],
    );
  });

  it('gives keys of one name names of their own', async () => {
    const keys = new Keys();
    keys.present = [{ id: 'old', label: 'Mine' }];
    await add(keys, [candidate(), candidate({ secret: 'sk-second-000000000' })]);
    assert.deepEqual(
      [...keys.drafts.values()].map(({ label }) => label),
      ['Mine (2)', 'Mine (3)'],
    );
  });

  it('takes the type of credential from the source, else from the form of the secret', async () => {
    const keys = new Keys();
    await add(keys, [
      candidate(),
      candidate({ secret: 'abcdefghijklmnopqrstuvwxyz012345' }),
      candidate({ secret: 'a-token-of-another-form', credential: 'accessToken', userId: '7' }),
    ]);
    assert.deepEqual(
      [...keys.drafts.values()].map(({ credential, userId }) => [credential, userId]),
      [
        ['apiKey', undefined],
        ['accessToken', undefined],
        ['accessToken', '7'],
      ],
    );
  });

  it('takes what a list says of a key as its first reading, but not where a person typed the secret', async () => {
    const keys = new Keys();
    const reading: Reading = {
      takenAt: '2026-06-15T12:00:00.000Z',
      unit: { code: 'USD', source: 'gateway' },
      quota: { unlimited: true, used: 3 },
    };
    await add(keys, [
      candidate({ reading }),
      candidate({ secret: 'sk-second-000000000', reading, isTyped: true }),
      candidate({ secret: 'sk-third-0000000000' }),
    ]);
    assert.deepEqual(keys.readings, [reading, undefined, undefined]);
  });

  it('keeps what is here already, and gives it its secret again', async () => {
    const keys = new Keys();
    const outcome = await add(keys, [candidate({ secret: 'sk-present-0000000000' })]);
    assert.deepEqual(outcome, { added: [], present: ['Old'], failed: [] });
    assert.deepEqual(keys.restored, ['old']);
  });

  it('says which keys could not be added, and adds the others', async () => {
    const keys = new Keys();
    const { added, failed: left } = await add(keys, [
      candidate({ label: 'Unknown', baseUrl: 'https://unknown.example' }),
      candidate({ label: 'Dead', baseUrl: 'https://dead.example', secret: 'sk-dead-0000000000' }),
      candidate({ label: 'Fine', secret: 'sk-fine-0000000000' }),
    ]);
    assert.equal(added.length, 1);
    assert.deepEqual(
      left.map(({ label, why }) => [label, why !== undefined]),
      [
        ['Unknown', false],
        ['Dead', true],
      ],
    );
  });

  it('says which key that is here could not get its secret again, and adds the others', async () => {
    const keys = new Keys();
    keys.restoreSecret = async () => {
      throw new Error('The key ring is locked.');
    };
    const outcome = await add(keys, [
      candidate({ label: 'Again', secret: 'sk-present-0000000000' }),
      candidate({ label: 'Fine', secret: 'sk-fine-0000000000' }),
    ]);
    assert.deepEqual(outcome, {
      added: ['new-1'],
      present: [],
      failed: [{ label: 'Again', why: 'The key ring is locked.' }],
    });
  });

  it('removes again what was added, also when it was called off during the last key', async () => {
    const keys = new Keys();
    const controller = new AbortController();
    const usual = keys.add.bind(keys);
    keys.add = async draft => {
      controller.abort(new Error('called off'));
      return usual(draft);
    };
    await assert.rejects(add(keys, [candidate()], controller.signal), { message: 'called off' });
    assert.equal(keys.drafts.size, 0);
  });

  it('does not wait for an address that never answers once it was called off', async () => {
    const keys = new Keys();
    const controller = new AbortController();
    keys.recognize = () => {
      controller.abort(new Error('called off'));
      return new Promise(() => undefined);
    };
    await assert.rejects(add(keys, [candidate()], controller.signal), { message: 'called off' });
  });

  it('removes the others where one key cannot be removed, and says so', async () => {
    const keys = new Keys();
    const { added } = await add(keys, [candidate(), candidate({ secret: 'sk-second-000000000' })]);
    const usual = keys.remove.bind(keys);
    keys.remove = async key => {
      if (key.id === 'new-1') throw new Error('locked');
      return usual(key);
    };
    await assert.rejects(removeKeys(keys, added), { message: 'locked' });
    assert.deepEqual([...keys.drafts.keys()], ['new-1']);
  });

  it('removes again what was added before it was called off', async () => {
    const keys = new Keys();
    const controller = new AbortController();
    const adding = addCandidates(
      keys,
      [candidate(), candidate({ secret: 'sk-second-000000000' })],
      done => {
        if (done === 0) controller.abort(new Error('called off'));
      },
      controller.signal,
    );
    await assert.rejects(adding, { message: 'called off' });
    assert.equal(keys.drafts.size, 0);
  });

  it('can be undone, also when one of the keys is gone already', async () => {
    const keys = new Keys();
    const { added } = await add(keys, [candidate(), candidate({ secret: 'sk-second-000000000' })]);
    keys.drafts.delete('new-1');
    await removeKeys(keys, added);
    assert.equal(keys.drafts.size, 0);
  });
});
