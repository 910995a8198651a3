import assert from 'node:assert/strict';
import tls from 'node:tls';
import { afterEach, describe, it } from 'mocha';
import { openCustomRoute } from '../../../src/http/customRoute.ts';
import { trustedRootsFrom } from '../../../src/http/trustedRoots.ts';

describe('trusted roots', () => {
  const { getCACertificates, createSecureContext } = tls;
  let given: readonly string[] = [];

  afterEach(() => {
    Object.assign(tls, { getCACertificates, createSecureContext });
  });

  /** The certificates that a context trusts, with these functions of Node. */
  function rootsWith(roots: unknown, includeDefaults: boolean): readonly string[] {
    Object.assign(tls, {
      getCACertificates: roots,
      createSecureContext: ({ ca }: { ca: readonly string[] }) => {
        given = ca;
      },
    });
    trustedRootsFrom(['ours'], includeDefaults);
    return given;
  }

  it('are ours alone, unless those of Node and of the system are wanted too, each once', () => {
    const roots = (kind: string) => ['both', `of ${kind}`];
    assert.deepEqual(rootsWith(roots, false), ['ours']);
    assert.deepEqual(rootsWith(roots, true), ['ours', 'both', 'of default', 'of system']);
  });

  it('are those of Node where the system has none', () => {
    const roots = (kind: string) => {
      if (kind === 'system') throw new Error('not in this build');
      return ['of Node'];
    };
    assert.deepEqual(rootsWith(roots, true), ['ours', 'of Node']);
  });

  it('are those that Node was built with where it cannot be asked', () => {
    assert.deepEqual(rootsWith(undefined, true), ['ours', ...new Set(tls.rootCertificates)]);
  });

  it('of a route that has no certificates of its own are never none', async () => {
    const counts: number[] = [];
    Object.assign(tls, {
      createSecureContext: ({ ca }: { ca: readonly string[] }) => {
        counts.push(ca.length);
      },
    });
    for (const proxy of ['https://proxy.example:3128', undefined]) {
      await openCustomRoute({ type: proxy ? 'http' : 'direct', address: proxy, ca: [] }).close();
      await openCustomRoute({ type: proxy ? 'http' : 'direct', address: proxy, ca: ['ours'] }).close();
    }
    assert.equal(
      counts.filter(count => count === 1).length,
      2,
      'the gateway’s certificate file, and nothing else',
    );
    assert.ok(!counts.includes(0), 'what Node and the system trust');
  });
});
