import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { environmentLogin, environmentProxy } from '../../../src/http/environmentProxy.ts';

const proxyOf = (url: string, environment: Record<string, string>) =>
  environmentProxy(new URL(url), environment)?.proxy;

describe('the proxy that the environment names', () => {
  it('is that of the scheme, in small letters first, else that of all', () => {
    const https = { HTTPS_PROXY: 'http://proxy.example:3128' };
    assert.equal(proxyOf('https://gw.example', https), 'http://proxy.example:3128');
    assert.equal(proxyOf('http://gw.lan', https), undefined);
    assert.equal(
      proxyOf('https://gw.example', { ...https, https_proxy: 'http://other:1' }),
      'http://other:1',
    );
    assert.equal(proxyOf('http://gw.lan', { HTTP_PROXY: 'proxy.lan:8080' }), 'http://proxy.lan:8080');
    assert.equal(proxyOf('https://gw.example', { ALL_PROXY: 'socks5h://proxy:1080' }), 'socks5://proxy:1080');
    assert.equal(proxyOf('https://gw.example', {}), undefined);
    assert.equal(proxyOf('https://gw.example', { HTTPS_PROXY: '' }), undefined);
  });

  it('is not used for hosts that NO_PROXY names', () => {
    const environment = (list: string) => ({ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: list });
    for (const [list, url] of [
      ['*', 'https://gw.example'],
      ['gw.example', 'https://gw.example'],
      ['GW.example', 'https://gw.example'],
      ['.example', 'https://gw.example'],
      ['example', 'https://gw.example'],
      ['*.corp.example', 'https://gw.corp.example'],
      ['a.example, gw.example', 'https://gw.example'],
      ['gw.example:443', 'https://gw.example'],
      ['gw.example:8443', 'https://gw.example:8443'],
      ['10.0.0.0/8', 'https://10.20.30.40'],
      ['10.20.30.40', 'https://10.20.30.40'],
      ['[fd00::1]', 'https://[fd00::1]'],
      ['fd00::/8', 'https://[fd00::1]'],
      ['gw.example, fd00::1, 10.20.30.40', 'https://10.20.30.40'],
      ['0.0.0.0/0', 'https://10.20.30.40'],
    ] as const)
      assert.equal(proxyOf(url, environment(list)), undefined, list);
    for (const [list, url] of [
      ['', 'https://gw.example'],
      ['w.example', 'https://gw.example'],
      ['gw.example.org', 'https://gw.example'],
      ['gw.example:80', 'https://gw.example'],
      ['10.0.0.0/8', 'https://11.0.0.1'],
      ['10.0.0.0/99', 'https://10.0.0.1'],
      ['10.0.0.0/8', 'https://gw.example'],
      ['10.0.0.0/-1', 'https://10.0.0.1'],
      ['10.0.0.0/x', 'https://10.0.0.1'],
      ['fd00::1', 'https://[fd00::2]'],
      ['gw.example', 'https://10.0.0.1'],
      ['., a.example', 'https://gw.example.'],
    ] as const)
      assert.equal(proxyOf(url, environment(list)), 'http://proxy:1', list);
    const http = { HTTP_PROXY: 'http://proxy:1', NO_PROXY: 'gw.lan:80' };
    assert.equal(proxyOf('http://gw.lan', http), undefined);
    assert.equal(proxyOf('http://gw.lan:443', http), 'http://proxy:1');
  });

  it('keeps its login apart, and gives it to that proxy alone', () => {
    const environment = { HTTPS_PROXY: 'http://me:p%40ss@proxy.example:3128' };
    assert.deepEqual(environmentProxy(new URL('https://gw.example'), environment), {
      proxy: 'http://proxy.example:3128/',
      login: { user: 'me', password: 'p@ss' },
    });
    assert.deepEqual(environmentLogin('http://proxy.example:3128', environment), {
      user: 'me',
      password: 'p@ss',
    });
    assert.equal(environmentLogin('http://proxy.example:8080', environment), undefined);
    const plain = { HTTP_PROXY: 'http://me:it@proxy.lan:3128' };
    assert.deepEqual(environmentLogin('http://proxy.lan:3128', plain), { user: 'me', password: 'it' });
  });

  it('that is no address is handed on, so that nothing is sent another way', () => {
    assert.equal(proxyOf('https://gw.example', { HTTPS_PROXY: 'ftp://proxy' }), 'ftp://proxy');
  });
});
