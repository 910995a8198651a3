import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, it } from 'mocha';
import type { buildConnector } from 'undici';
import { limitConnecting } from '../../../src/http/proxyErrors.ts';

const TO = { hostname: 'proxy.example', protocol: 'https:', port: '443' };

/** A connection that never stands, and the error with which it ends. */
function begin(limitMs: number) {
  const socket = new Socket();
  const connector: buildConnector.connector = (_to, callback) =>
    socket.once('error', error => callback(error, null)).once('ready', () => callback(null, socket));
  const ended = new Promise<string>(resolve =>
    limitConnecting(connector, limitMs)(TO, (...[error]) => resolve(error?.message ?? 'it stands')),
  );
  return { socket, ended };
}

describe('a connection to a proxy that does not stand in time', () => {
  it('is not told as silence where the proxy has not taken it', async () => {
    assert.equal(await begin(1).ended, 'the proxy takes no connection');
  });

  it('is told as silence where the proxy has taken it', async () => {
    const { socket, ended } = begin(1);
    socket.emit('connect');
    assert.equal(await ended, 'the proxy is silent');
  });

  it('is left alone once it stands', async () => {
    const { socket, ended } = begin(1);
    socket.emit('ready');
    assert.equal(await ended, 'it stands');
    // Timers of the same length end in the order in which they began.
    await setTimeout(1);
    assert.equal(socket.destroyed, false);
    socket.destroy();
  });
});
