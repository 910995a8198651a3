import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { GatewayContext } from '../../../src/gateways/gatewayContext.ts';
import { lazyMethods } from '../../../src/gateways/lazyMethods.ts';

const context = {} as GatewayContext;

describe('the methods of a gateway', () => {
  it('load their code with the first call, and not before', async () => {
    let loads = 0;
    const load = async () => {
      loads++;
      return { verification: async () => [] };
    };
    const { verification } = lazyMethods(load, 'verification');
    assert.equal(loads, 0);
    assert.deepEqual(await verification(), []);
    assert.equal(loads, 1);
  });

  it('pass on all that they are called with, and what comes of it', async () => {
    const calls: unknown[][] = [];
    const readUsage = async (...values: unknown[]) => {
      calls.push(values);
      throw new Error('as the gateway says');
    };
    const methods = lazyMethods(async () => ({ readUsage, readLogs: readUsage }), 'readUsage', 'readLogs');
    const range = { from: 1, to: 2 };
    const progress = () => undefined;
    await assert.rejects(methods.readUsage(context, range, progress), /as the gateway says/);
    assert.equal(calls.length, 1);
    assert.ok(calls[0]?.[0] === context && calls[0]?.[1] === range && calls[0]?.[2] === progress);
    assert.deepEqual(Object.keys(methods), ['readUsage', 'readLogs']);
  });
});
