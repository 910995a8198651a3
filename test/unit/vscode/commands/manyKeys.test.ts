import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { MuteService } from '../../../../src/services/warnings/muteService.ts';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import { CommandSetup } from '../../support/commandSetup.ts';
import { runCommand } from '../../support/runCommand.ts';
import { DAY } from '../../support/samples.ts';

/** How many records of keys were read, one by one or all at once. */
function countingReads({ testWindow: { store } }: CommandSetup): () => number {
  let read = 0;
  const { keys } = store;
  Object.defineProperty(store, 'keys', {
    value: Object.assign(Object.create(keys), {
      allKeys: () => {
        const all = keys.allKeys();
        read += all.length;
        return all;
      },
      find: (id: string) => {
        read += 1;
        return keys.findKey(id);
      },
    }),
  });
  return () => read;
}

const COMMANDS: Readonly<
  Record<string, (parts: CommandParts, ids: readonly string[], now: number) => unknown>
> = {
  'asking what all keys spent': async (parts, _ids, now) => {
    const range = { from: new Date(now - DAY).toISOString(), to: new Date(now).toISOString() };
    // None of them has a secret here, so none is asked.
    await assert.rejects(runCommand(parts, 'keyQuota.queryUsage', { key: 'all', ...range }), /secret/);
  },
  'snoozing keys by their ids': (parts, ids) => runCommand(parts, 'keyQuota.snoozeWarnings', { keys: ids }),
  'snoozing all keys': parts => runCommand(parts, 'keyQuota.snoozeWarnings', { all: true }),
};

describe('with many keys', () => {
  const setups: CommandSetup[] = [];

  afterEach(async () => {
    for (const setup of setups.splice(0)) await setup.close();
  });

  async function readsFor(count: number, command: string): Promise<number> {
    const setup = await CommandSetup.open();
    setups.push(setup);
    const { store, monitor } = setup.testWindow;
    const ids = Array.from({ length: count }, (_, index) => `key-${index}`);
    store.transaction(() => {
      for (const id of ids) {
        const origin = 'https://gw.example';
        store.keys.addKey({
          ...{ id, label: id, kind: 'newApi', baseUrl: origin, credential: 'apiKey', fingerprint: id },
          ...{ pinned: false, createdAt: setup.clock.now() },
        });
        store.states.saveState({ keyId: id, failures: 0 });
      }
    });
    await monitor.reload();
    assert.equal(monitor.snapshot.length, count);
    const reads = countingReads(setup);
    const parts = { ...setup.parts, muteService: new MuteService(store, setup.clock) };
    await COMMANDS[command]?.(parts, ids, setup.clock.now());
    return reads();
  }

  for (const command of Object.keys(COMMANDS)) {
    it(`${command} reads each record no more often than with few keys`, async () => {
      const few = await readsFor(40, command);
      const many = await readsFor(160, command);
      assert.ok(many <= 4 * few, `${few} records for 40 keys, ${many} for 160`);
      assert.ok(few <= 3 * 40, `${few} records for 40 keys`);
    });
  }
});
