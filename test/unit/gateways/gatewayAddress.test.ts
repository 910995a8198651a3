import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseGatewayAddress } from '../../../src/gateways/gatewayAddress.ts';
import { gatewayOf } from '../../../src/gateways/registry.ts';

describe('the address of a gateway', () => {
  it('is the root of a host that belongs to one kind, whatever page of it was pasted', () => {
    for (const page of ['/settings/keys', '/anthropic', '/api/v1', '/a%2fb', '/..;/x'])
      assert.deepEqual(parseGatewayAddress(`https://openrouter.ai${page}`), {
        baseUrl: 'https://openrouter.ai',
      });
  });

  it('ends before the paths of its kind', () => {
    const at = (kind: string) =>
      parseGatewayAddress('https://host.example/api/v1', undefined, gatewayOf(kind));
    assert.deepEqual(at('newApi'), { baseUrl: 'https://host.example' });
    assert.deepEqual(at('liteLlm'), { baseUrl: 'https://host.example/api' });
  });

  it('of a Prometheus ends before its API and its pages, and keeps what it is mounted below', () => {
    for (const [pasted, mount] of [
      ['/api/v1/query', ''],
      ['/api/v1', ''],
      ['/API/v1/', ''],
      ['/graph?g0.expr=up', ''],
      ['/prometheus/api/v1/query', '/prometheus'],
      ['/api/prom/api/v1/query', '/api/prom'],
      ['/api/prom', '/api/prom'],
      ['/api/datasources/proxy/uid/P1/api/v1/query', '/api/datasources/proxy/uid/P1'],
    ])
      assert.deepEqual(
        parseGatewayAddress(`https://prom.example${pasted}`, undefined, gatewayOf('prometheus')),
        { baseUrl: `https://prom.example${mount}` },
      );
  });

  it('has a problem where servers would read its path in different ways', () => {
    assert.deepEqual(parseGatewayAddress('https://host.example/a/..;/b'), { problem: 'unclear-path' });
  });
});
