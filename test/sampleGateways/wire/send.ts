import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Holds } from './holds.ts';
import type { Delivery, Reply } from './reply.ts';

/** Sends a reply in the way its delivery says. */
export async function send(response: ServerResponse, reply: Reply, holds: Holds): Promise<void> {
  const body = reply.body === undefined ? Buffer.alloc(0) : Buffer.from(reply.body);
  const delivery = reply.delivery;
  if (delivery?.how === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (delivery?.how === 'holdHeaders' && response.socket) await holds.wait(response.socket);
  if (response.destroyed) return;
  const endless = reply.stream || delivery?.how === 'endless';
  const length = endless ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(reply.status, { ...length, ...reply.headers });
  if (delivery === undefined || delivery.how === 'holdHeaders') {
    response.end(body);
    return;
  }
  response.flushHeaders();
  await deliver(response, body, delivery, holds);
}

async function deliver(
  response: ServerResponse,
  body: Buffer,
  delivery: Delivery,
  holds: Holds,
): Promise<void> {
  switch (delivery.how) {
    case 'resetAfter':
      response.write(body.subarray(0, delivery.bytes), () => response.socket?.resetAndDestroy());
      return;
    case 'cut':
      response.write(body.subarray(0, delivery.bytes), () => response.socket?.end());
      return;
    case 'holdBody':
      response.write(body.subarray(0, delivery.bytes));
      if (response.socket) await holds.wait(response.socket);
      if (!response.destroyed) response.end(body.subarray(delivery.bytes));
      return;
    case 'drip':
      return drip(response, body, delivery);
    case 'endless':
      return repeat(response, body);
  }
}

async function drip(
  response: ServerResponse,
  body: Buffer,
  pace: { bytes: number; everyMs: number },
): Promise<void> {
  // Without this the system may gather the bytes and send them together.
  response.socket?.setNoDelay(true);
  for (let at = 0; at < body.length && !response.destroyed; at += pace.bytes) {
    response.write(body.subarray(at, at + pace.bytes));
    await delay(pace.everyMs, undefined, { ref: false });
  }
  if (!response.destroyed) response.end();
}

async function repeat(response: ServerResponse, body: Buffer): Promise<void> {
  while (!response.destroyed) {
    const room = response.write(body);
    // Waiting for the reader keeps this from filling memory; the turn of the loop keeps it from starving others.
    await new Promise<void>(resolve => {
      if (room) {
        setImmediate(resolve);
        return;
      }
      const go = (): void => {
        response.off('drain', go);
        response.off('close', go);
        resolve();
      };
      response.once('drain', go);
      response.once('close', go);
    });
  }
}
