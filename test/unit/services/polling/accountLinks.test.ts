import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = '/api/usage/token/';
const SUBSCRIPTION = '/v1/dashboard/billing/subscription';

for (const version of ['v0.10.8', 'v0.12.7', 'v1.0.0-rc.24'] as const)
  describe(`a key in the list of its account, at New API ${version}`, () => {
    let clock: ManualClock;
    let gateway: SampleGateway;
    let window: TestWindow;

    const wait = (ms: number) => advanceWindows(ms, clock, window);
    const addAccount = (name = 'team') =>
      window.keyService.add({
        label: name,
        kind: 'newApi',
        baseUrl: gateway.origin,
        credential: 'accessToken',
        secret: gateway.account(name).accessToken,
        userId: String(gateway.account(name).id),
      });
    const recordOf = (id: string) => window.keyService.findById(id) ?? assert.fail();
    const readFrom = (id: string) => window.keyState(id).readFrom;
    const callsDuring = async (work: () => Promise<unknown>, handle: string) => {
      const before = gateway.calls.length;
      await work();
      return gateway.calls.slice(before).filter(({ key }) => key === handle).length;
    };
    const scarceCalls = () => gateway.callsOf({ path: USAGE }).length;

    beforeEach(async () => {
      clock = new ManualClock();
      gateway = await startSampleGateway({
        clock: clock.now,
        version,
        scenarios: 'none',
        accounts: [
          {
            name: 'team',
            keys: {
              work: { holds: { name: 'work' } },
              home: { holds: { name: 'home', remain: 400_000, used: 100_000 } },
              free: { holds: { name: 'free', unlimited: true, used: 200_000 } },
            },
          },
          { name: 'else', keys: { elsewhere: { holds: { name: 'work' } } } },
        ],
      });
      window = new TestWindow({ clock, folder: tempFolder(), storage: new MemorySecrets() });
      await window.monitor.start();
    });

    afterEach(async () => {
      await window.close();
      await gateway.close();
      removeTempFolders();
    });

    /** A key and its account, which have found each other. */
    async function linked(handle = 'work'): Promise<{ id: string; account: string }> {
      const id = await window.addKey(gateway, handle);
      const account = await addAccount();
      await wait(6 * MINUTE);
      assert.deepEqual(readFrom(id), { id: account, label: 'team' });
      return { id, account };
    }

    it('is read from there and not asked itself for hours', async () => {
      const handles = ['work', 'home', 'free'];
      const ids: string[] = [];
      for (const handle of handles) ids.push(await window.addKey(gateway, handle));
      const account = await addAccount();
      await wait(6 * MINUTE);
      for (const id of ids) assert.deepEqual(readFrom(id), { id: account, label: 'team' });
      const before = gateway.calls.length;
      for (let minutes = 0; minutes < 8 * 60; minutes += 10) {
        await wait(10 * MINUTE);
        for (const id of ids) {
          const { reading, status } = window.keyState(id);
          assert.equal(status, 'ok');
          assert.ok(clock.now() - Date.parse(reading?.takenAt ?? '') <= 6 * MINUTE);
        }
      }
      // In eight hours each is tried out once where it is used.
      const ofKeys = gateway.calls.slice(before).filter(({ key }) => handles.includes(key ?? ''));
      assert.deepEqual(
        ofKeys.map(({ key, path }) => `${key} ${path}`).sort(),
        handles.map(handle => `${handle} ${SUBSCRIPTION}`).sort(),
      );
    });

    it('that is bound to another address is noticed within hours, though the list says nothing of it', async () => {
      const { id } = await linked();
      gateway.key('work').allowIps = '203.0.113.7';
      const before = scarceCalls();
      await wait(7 * HOUR);
      const { failure } = window.keyState(id);
      assert.deepEqual([failure?.class, readFrom(id)], ['forbidden', undefined]);
      assert.ok(scarceCalls() - before <= 3, `${scarceCalls() - before} scarce calls`);
      gateway.key('work').allowIps = null;
      await wait(DAY);
      assert.deepEqual([window.keyState(id).status, window.keyState(id).failure], ['ok', undefined]);
    });

    it('is not taken for refused while its site is in trouble', async () => {
      const { id } = await linked();
      gateway.setReply(`GET ${SUBSCRIPTION}`, { status: 500, body: '' });
      const others = () =>
        gateway.calls.filter(({ key, path }) => key === 'work' && path !== SUBSCRIPTION).length;
      const before = others();
      await wait(8 * HOUR);
      assert.equal(others(), before);
      assert.ok(readFrom(id));
      assert.equal(window.keyState(id).status, 'ok');
    });

    it('shows what it spends, with the rest of its reading, and its history goes on', async () => {
      const { id, account } = await linked();
      gateway.key('work').used += 5_000;
      gateway.key('work').remain -= 5_000;
      await wait(6 * MINUTE);
      const { reading, nextCheckAt, checkedAt } = window.keyState(id);
      // 150,000 units are $0.30: 55,000 of them are used now.
      assert.deepEqual(reading?.quota, { unlimited: false, granted: 0.3, used: 0.11, remaining: 0.19 });
      assert.deepEqual([reading?.name, reading?.source, reading?.models], ['work', 'key', null]);
      const other = window.keyState(account);
      assert.deepEqual([reading?.takenAt, nextCheckAt], [other.reading?.takenAt, other.nextCheckAt]);
      assert.equal(
        Math.floor(Date.parse(checkedAt ?? '') / 1000),
        Math.floor(Date.parse(other.checkedAt ?? '') / 1000),
      );
      const rows = window.store.history.historyRows(id, 0, clock.now());
      assert.equal(new Set(rows.map(({ series }) => series)).size, 1, 'one series');
      assert.equal(
        rows.reduce((sum, { spent }) => sum + spent, 0),
        0.01,
      );
    });

    it('is read from the account when a person refreshes it', async () => {
      const { id } = await linked();
      gateway.key('work').used += 5_000;
      gateway.key('work').remain -= 5_000;
      const before = gateway.calls.length;
      const { states, held } = await window.monitor.refresh([id]);
      assert.deepEqual([states.map(each => each.id), held.size], [[id], 0]);
      assert.equal(states[0]?.reading?.quota?.used, 0.11);
      await window.monitor.refresh();
      assert.equal(gateway.calls.slice(before).filter(({ key }) => key === 'work').length, 0);
    });

    it('is not asked itself when intervals get shorter', async () => {
      await linked();
      window.settings = { ...window.settings, pollMs: MINUTE };
      const calls = callsDuring(async () => {
        await window.monitor.applySettings(new Set());
        await wait(5 * MINUTE);
      }, 'work');
      assert.equal(await calls, 0);
    });

    it('is asked itself before a leap is believed, once', async () => {
      const { id } = await linked();
      gateway.key('work').used += 60_000;
      gateway.key('work').remain -= 60_000;
      assert.ok((await callsDuring(() => wait(6 * MINUTE), 'work')) > 0);
      assert.equal(window.keyState(id).reading?.quota?.used, 0.22);
      await wait(6 * MINUTE);
      assert.ok(readFrom(id), 'and read from the account again');
      assert.equal(await callsDuring(() => wait(HOUR), 'work'), 0);
    });

    it('is asked itself before it is called low', async () => {
      // 21 % of 150,000 are left, and then 19.4 %: less than a tenth of it was spent.
      Object.assign(gateway.key('work'), { remain: 31_500, used: 118_500 });
      const { id } = await linked();
      Object.assign(gateway.key('work'), { remain: 29_100, used: 120_900 });
      assert.ok((await callsDuring(() => wait(6 * MINUTE), 'work')) > 0);
      assert.equal(window.keyState(id).status, 'low');
    });

    it('is due when its account is, whatever its own limiter has room for', async () => {
      const { id, account } = await linked();
      const now = clock.now();
      window.store.transaction(() => {
        for (const limiter of ['scarce', 'general'])
          window.store.requests.holdLimiter(
            gateway.origin,
            limiter,
            now + (limiter === 'scarce' ? 90 : 30) * MINUTE,
            now,
          );
      });
      await window.monitor.reload();
      const [own, other] = [window.keyState(id).nextCheckAt, window.keyState(account).nextCheckAt];
      assert.deepEqual([own, other], [new Date(now + 30 * MINUTE).toISOString(), own]);
    });

    it('is read from one account where two list it', async () => {
      const { id, account } = await linked();
      await addAccount();
      for (let minutes = 0; minutes < 30; minutes += 2) {
        await wait(2 * MINUTE);
        assert.equal(readFrom(id)?.id, account);
      }
    });

    it('never shows the figures of another key', async () => {
      const { id } = await linked();
      const [work, home] = [gateway.key('work'), gateway.key('home')];
      const figures = window.keyState(id).reading?.quota;
      // The list mixes two keys up; the key’s own endpoint does not.
      const list = { ...work };
      gateway.setReply('GET /api/token/', {
        status: 200,
        body: JSON.stringify({
          success: true,
          data: {
            items: [
              {
                id: work.id,
                name: 'work',
                key: list.secret.slice(3),
                status: 1,
                remain_quota: home.remain,
                used_quota: home.used,
                unlimited_quota: false,
                expired_time: -1,
              },
            ],
            total: 1,
          },
        }),
      });
      for (let minutes = 0; minutes < 60; minutes += 2) {
        await wait(2 * MINUTE);
        assert.deepEqual(window.keyState(id).reading?.quota, figures);
      }
      assert.equal(readFrom(id), undefined);
    });

    it('of another account is not found, whatever its name', async () => {
      const id = await window.addKey(gateway, 'elsewhere');
      await addAccount();
      await wait(HOUR);
      assert.equal(readFrom(id), undefined);
      assert.ok((await callsDuring(() => wait(HOUR), 'elsewhere')) > 0);
    });

    it('is not found before it has figures of its own', async () => {
      const id = await window.addKey(gateway, 'work');
      gateway.setReply(`GET ${USAGE}`, { status: 500, body: '' });
      gateway.setReply('GET /v1/dashboard/billing/subscription', { status: 500, body: '' });
      await addAccount();
      await wait(30 * MINUTE);
      assert.deepEqual([readFrom(id), window.keyState(id).reading], [undefined, undefined]);
    });

    describe('is asked itself at once', () => {
      it('when the list has lost it', async () => {
        const { id } = await linked();
        gateway.account('team').listsKeys = false;
        assert.ok((await callsDuring(() => wait(6 * MINUTE), 'work')) > 0);
        assert.equal(readFrom(id), undefined);
      });

      it('when the account is removed', async () => {
        const { id, account } = await linked();
        const calls = callsDuring(async () => {
          await window.keyService.remove(recordOf(account));
          await wait(MINUTE);
        }, 'work');
        assert.ok((await calls) > 0);
        assert.equal(readFrom(id), undefined);
      });

      it('when the account is paused', async () => {
        const { id, account } = await linked();
        await window.keyService.checks.pause(recordOf(account));
        assert.ok((await callsDuring(() => wait(MINUTE), 'work')) > 0);
        assert.equal(readFrom(id), undefined);
      });

      it('when the account is refused', async () => {
        const { id } = await linked();
        gateway.account('team').banned = true;
        assert.ok((await callsDuring(() => wait(6 * MINUTE), 'work')) > 0);
        assert.equal(readFrom(id), undefined);
      });

      it('when the secret of the account is replaced', async () => {
        const { id, account } = await linked();
        const calls = callsDuring(async () => {
          await window.keyService.replaceSecret(recordOf(account), gateway.account('else').accessToken);
          await wait(MINUTE);
        }, 'work');
        assert.ok((await calls) > 0);
        assert.equal(readFrom(id), undefined);
      });

      it('when its own secret is replaced', async () => {
        const { id } = await linked();
        const calls = callsDuring(async () => {
          await window.keyService.replaceSecret(recordOf(id), gateway.secret('home'));
          await wait(MINUTE);
        }, 'home');
        assert.ok((await calls) > 0);
      });
    });

    it('is asked itself when the account has not answered for two and a half intervals', async () => {
      const { id } = await linked();
      gateway.setReply('GET /api/user/self', { status: 500, body: '' });
      const calledAt = clock.now();
      assert.equal(await callsDuring(() => wait(6 * MINUTE), 'work'), 0);
      assert.ok((await callsDuring(() => wait(9 * MINUTE), 'work')) > 0);
      assert.ok(Date.parse(window.keyState(id).reading?.takenAt ?? '') > calledAt);
    });

    it('belongs to its account until a list lacks it, whatever fails and however it is read', async () => {
      const { id, account } = await linked();
      const listedBy = () => window.keyState(id).listedBy;
      const team = { id: account, label: 'team' };
      assert.deepEqual(listedBy(), team);
      const paths = [...new Set(gateway.calls.map(({ path }) => path))];
      for (const path of paths) gateway.setReply(`GET ${path}`, { status: 0, delivery: { how: 'reset' } });
      await wait(HOUR);
      assert.deepEqual(
        [window.keyState(id).failure?.class, readFrom(id), listedBy()],
        ['transient', undefined, team],
      );
      // Only the account is silent: the key is asked itself.
      for (const path of paths) if (path !== '/api/user/self') gateway.setReply(`GET ${path}`, undefined);
      await wait(HOUR);
      assert.deepEqual([window.keyState(id).failure, readFrom(id), listedBy()], [undefined, undefined, team]);
      gateway.setReply('GET /api/user/self', undefined);
      gateway.account('team').listsKeys = false;
      await wait(HOUR);
      assert.equal(listedBy(), undefined);
    });

    it('belongs to no account any more when its secret, or the account’s, is another', async () => {
      const { id, account } = await linked();
      const links = () => window.store.accountLinks.linkOf(id)?.stands;
      await window.keyService.replaceSecret(recordOf(id), gateway.secret('home'));
      assert.equal(links(), false);
      await wait(12 * MINUTE);
      assert.equal(links(), true);
      await window.keyService.replaceSecret(recordOf(account), gateway.account('else').accessToken);
      assert.equal(links(), false);
    });

    it('that is paused is left as it was', async () => {
      const { id } = await linked();
      await window.keyService.checks.pause(recordOf(id));
      const { takenAt } = window.keyState(id).reading ?? {};
      await wait(HOUR);
      assert.deepEqual([window.keyState(id).reading?.takenAt, readFrom(id)], [takenAt, undefined]);
    });

    it('that a person separates is asked itself at once and stays so, until that is ended', async () => {
      const { id, account } = await linked();
      const calls = callsDuring(async () => {
        await window.keyService.checks.separate(recordOf(id));
        await wait(MINUTE);
      }, 'work');
      assert.ok((await calls) > 0);
      await wait(HOUR);
      const { readFrom: from, separatedFrom } = window.keyState(id);
      assert.deepEqual([from, separatedFrom], [undefined, { id: account, label: 'team' }]);
      assert.ok((await callsDuring(() => wait(HOUR), 'work')) > 0);
      await window.keyService.checks.readFromAccount(recordOf(id));
      await wait(MINUTE);
      assert.deepEqual(readFrom(id), { id: account, label: 'team' });
      assert.equal(window.keyState(id).separatedFrom, undefined);
    });

    it('that its owner switches off is asked itself, and then left to the list', async () => {
      const { id } = await linked();
      gateway.key('work').status = 'disabled';
      await wait(20 * MINUTE);
      assert.equal(window.keyState(id).status, 'disabled');
      assert.ok((await callsDuring(() => wait(DAY), 'work')) <= 3);
      gateway.key('work').status = 'enabled';
      await wait(12 * MINUTE);
      assert.equal(window.keyState(id).status, 'ok');
    });

    it('that is used up is asked itself once', async () => {
      const { id } = await linked();
      Object.assign(gateway.key('work'), { status: 'exhausted', used: 150_000, remain: 0 });
      await wait(HOUR);
      assert.equal(window.keyState(id).status, 'exhausted');
      const before = scarceCalls();
      await wait(DAY);
      assert.ok(scarceCalls() - before <= 4);
    });
  });
