import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ProxyChoice, parseProxy } from '../../../src/http/parseProxy.ts';

const NONE: ProxyChoice = { type: 'none', problem: 'not-a-proxy' };
const WITH_LOGIN: ProxyChoice = { type: 'none', problem: 'with-login' };

describe('the proxy of a gateway, as a setting', () => {
  const TABLE: readonly (readonly [unknown, ProxyChoice])[] = [
    [undefined, { type: 'default' }],
    ['', { type: 'default' }],
    ['default', { type: 'default' }],
    ['direct', { type: 'direct' }],
    ['http://proxy.example:3128', { type: 'http', address: 'http://proxy.example:3128' }],
    ['\u3000http://proxy.example:3128\u00a0', { type: 'http', address: 'http://proxy.example:3128' }],
    [' HTTP://Proxy.Example:80/ ', { type: 'http', address: 'http://proxy.example' }],
    ['https://proxy.example', { type: 'http', address: 'https://proxy.example' }],
    ['socks5://Proxy.example', { type: 'socks5', address: 'socks5://proxy.example:1080' }],
    ['socks5://proxy.example:9050', { type: 'socks5', address: 'socks5://proxy.example:9050' }],
    ['socks5://', NONE],
    ['socks4://proxy.example', NONE],
    ['ftp://proxy.example', NONE],
    ['proxy.example:3128', NONE],
    ['proxy', NONE],
    ['none', NONE],
    [7, NONE],
    [null, NONE],
    ['http://proxy.example/path', NONE],
    ['http://proxy.example/?a=1', NONE],
    ['http://proxy.example/#a', NONE],
    ['http://me@proxy.example', WITH_LOGIN],
    ['http://:word@proxy.example', WITH_LOGIN],
    ['http://me:word@proxy.example', WITH_LOGIN],
  ];
  for (const [value, choice] of TABLE) {
    it(`${JSON.stringify(value)}: ${choice.type}`, () => assert.deepEqual(parseProxy(value), choice));
  }
});
