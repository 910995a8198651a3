import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readConfiguration } from '../../../../src/cli/configuration/readConfiguration.ts';
import { CannotStart } from '../../../../src/cli/serve/openStore.ts';
import { createServerLog } from '../../../../src/cli/serve/serverLog.ts';
import { serveUntilEnd, type Told } from '../../../../src/cli/serve/serveUntilEnd.ts';
import { startServer } from '../../../../src/cli/serve/startServer.ts';
import { toldBySignals } from '../../../../src/cli/serve/toldBySignals.ts';
import { ConfigurationFolder, tokenFor } from '../../support/configurationFolder.ts';
import { removeTempFolders } from '../../support/folders.ts';

describe('a server that is told by signals', () => {
  let at: ConfigurationFolder;
  let signals: EventEmitter;
  let logLines: string[];
  const started = new EventEmitter();

  beforeEach(() => {
    at = new ConfigurationFolder();
    write();
    [signals, logLines] = [new EventEmitter(), []];
  });
  afterEach(removeTempFolders);

  /** With a key of a gateway that nobody runs. */
  const write = (members = {}) => at.write(members, { baseUrl: 'http://127.0.0.1:9' });
  const readAgain = () => readConfiguration(at.file, { isBehindTls: false, environment: {} });
  const log = createServerLog(line => logLines.push(line));
  /** Serves without a gateway, until it is told to end. */
  async function serve(isInTerminal = false): Promise<{ ended: Promise<void>; address: () => string }> {
    const { configuration } = await readAgain();
    let address = '';
    const start: typeof startServer = async (each, options) => {
      const server = await startServer(each, options);
      address = server.address;
      setImmediate(() => started.emit('started'));
      return server;
    };
    const isUp = once(started, 'started');
    const ended = serveUntilEnd(configuration ?? assert.fail(), {
      ...{ log, readAgain, nextTold: toldBySignals(signals, isInTerminal) },
      start: each => start(each, { log, environment: {} }),
    });
    await isUp;
    return { ended, address: () => address };
  }
  const statusFor = async (address: string, token: string) =>
    (await fetch(`${address}/v1/keys`, { headers: { authorization: `Bearer ${token}` } })).status;
  const loggedWhile = async (signal: string, pattern: RegExp) => {
    signals.emit(signal);
    while (!logLines.some(line => pattern.test(line))) await new Promise(resolve => setImmediate(resolve));
  };

  it('goes on by what its files say now after SIGHUP, and ends in good order after SIGTERM', async () => {
    const { ended, address } = await serve();
    assert.equal(await statusFor(address(), tokenFor('reader')), 200);
    at.secretFile('reader', tokenFor('another'));
    const isUp = once(started, 'started');
    signals.emit('SIGHUP');
    await isUp;
    assert.deepEqual(
      [await statusFor(address(), tokenFor('another')), await statusFor(address(), tokenFor('reader'))],
      [200, 401],
    );
    signals.emit('SIGTERM');
    await ended;
    await assert.rejects(fetch(address()));
    assert.match(logLines.at(-1) ?? '', /Ended\.$/);
  });

  it('keeps the configuration of before where the new one has mistakes, and says which', async () => {
    const { ended, address } = await serve();
    const before = address();
    at.writeText('{ "listen": ');
    await loggedWhile('SIGHUP', /The configuration of before holds/);
    assert.ok(logLines.some(line => / warn The file is not JSON: line 1/.test(line)));
    assert.equal(await statusFor(before, tokenFor('reader')), 200);
    signals.emit('SIGTERM');
    await ended;
  });

  it('goes back to it where the new one cannot be served', async () => {
    const { ended, address } = await serve();
    const other = new ConfigurationFolder();
    other.write({}, { baseUrl: 'http://127.0.0.1:9' });
    const { configuration } = await readConfiguration(other.file, { isBehindTls: false, environment: {} });
    const taken = await startServer(configuration ?? assert.fail(), { log, environment: {} });
    write({ listen: new URL(taken.address).host });
    const isUp = once(started, 'started');
    signals.emit('SIGHUP');
    await isUp;
    assert.equal(await statusFor(address(), tokenFor('reader')), 200);
    assert.match(
      logLines.join('\n'),
      / warn Another program listens [^\n]*\n.* watches 1 key .*\n.* warn The configuration of before holds\.$/,
    );
    await taken.close();
    signals.emit('SIGINT');
    await ended;
  });

  it('tries both again where that cannot be served either, and ends while it does if it is told to', async () => {
    const { configuration } = await readAgain();
    const start = async () => {
      if (starts.shift() === 'locked') throw new CannotStart('Locked.');
      return { address: 'http://127.0.0.1:9', close: async () => undefined };
    };
    const asked: (number | undefined)[] = [];
    const nextTold = async (withinMs?: number) => {
      asked.push(withinMs);
      return told.shift();
    };
    const starts = ['up', 'locked', 'locked', 'locked', 'locked', 'up', 'locked', 'locked'];
    const told = ['reload', undefined, undefined, 'reload', 'end'] as (Told | undefined)[];
    await serveUntilEnd(configuration ?? assert.fail(), { log, readAgain, start, nextTold });
    assert.deepEqual(asked, [undefined, 5000, 5000, undefined, 5000]);
    assert.deepEqual(starts, []);
    const again = 'warn Nothing is served until that is over. It is tried again every 5 seconds.';
    assert.deepEqual(
      logLines.map(line => line.replace(/^\S+ /, '')).filter(line => /^warn|watches/.test(line)),
      [
        'info key-quota from source watches 1 key and answers at http://127.0.0.1:9',
        ...['warn Locked.', again],
        'info key-quota from source watches 1 key and answers at http://127.0.0.1:9',
        ...['warn Locked.', again],
      ],
    );
  });

  it('says at each reload why nothing is served, and never of what is not served that it holds', async () => {
    const { configuration } = await readAgain();
    const nothing = { configuration: undefined, mistakes: ['A mistake.'], warnings: [] };
    const answers = [await readAgain(), await readAgain(), nothing];
    const starts = [undefined];
    const start = async () => {
      if (starts.length === 0) throw new CannotStart('Locked.');
      starts.pop();
      return { address: 'http://127.0.0.1:9', close: async () => undefined };
    };
    const told: Told[] = ['reload', 'reload', 'reload', 'end'];
    await serveUntilEnd(configuration ?? assert.fail(), {
      ...{
        log,
        start,
        nextTold: async () => told.shift(),
        readAgain: async () => answers.shift() ?? nothing,
      },
    });
    const again = 'Nothing is served until that is over. It is tried again every 5 seconds.';
    assert.deepEqual(
      logLines.flatMap(line => line.split(' warn ').slice(1)),
      [
        ...['Locked.', again, 'Locked.', again],
        ...['A mistake.', 'Still nothing is served: the configuration of before is tried again.'],
      ],
    );
  });

  it('ends with the terminal that it was started in', async () => {
    const { ended } = await serve(true);
    signals.emit('SIGHUP');
    await ended;
    assert.match(logLines.at(-1) ?? '', /Ended\.$/);
  });

  it('is told to end before all else, and once', async () => {
    const nextTold = toldBySignals(signals, false);
    signals.emit('SIGHUP');
    signals.emit('SIGHUP');
    assert.equal(await nextTold(), 'reload');
    signals.emit('SIGHUP');
    signals.emit('SIGTERM');
    signals.emit('SIGHUP');
    assert.equal(await nextTold(), 'end');
    assert.deepEqual([signals.listenerCount('SIGTERM'), signals.listenerCount('SIGINT')], [0, 0]);
    assert.equal(await toldBySignals(signals, false)(0), undefined);
  });

  it('that cannot start at all says why to whoever started it', async () => {
    const { configuration } = await readAgain();
    const start = () => Promise.reject(new CannotStart('No.'));
    await assert.rejects(
      serveUntilEnd(configuration ?? assert.fail(), {
        ...{ log, readAgain, start, nextTold: toldBySignals(signals, false) },
      }),
      CannotStart,
    );
  });
});
