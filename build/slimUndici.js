import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';

/**
 * Parts of undici that `customRoute.ts` never comes to: it sends texts alone, never a form, and speaks HTTP/1.1 alone
 * (`allowH2: false`).
 */
const UNUSED = /^\.{1,2}\/(?:.*\/)?(?:client-h2|fetch\/body|fetch\/formdata|web\/webidl)(?:\.js)?$/;

const UNDICI = /[\\/]undici[\\/]/;

/** Builds undici without what is not used, and its parser once and compressed: half of it would be those. */
export const slimUndici = {
  name: 'slim-undici',
  setup(build) {
    build.onResolve({ filter: UNUSED }, ({ path, importer }) =>
      UNDICI.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path} is not built in.`)}); };`,
    }));
    // The other build of the parser does the same a little faster, and is as large again.
    build.onResolve({ filter: /llhttp_simd-wasm\.js$/ }, ({ path, ...from }) =>
      build.resolve(path.replace('llhttp_simd-wasm', 'llhttp-wasm'), from),
    );
    // Where it tells whoever listens in this process of every request, with its headers: nothing of ours does.
    build.onResolve({ filter: /^\.{1,2}\/(?:core\/)?diagnostics(?:\.js)?$/ }, ({ path, importer }) =>
      UNDICI.test(importer) ? { path, namespace: 'unheard' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unheard' }, () => ({ contents: 'exports.channels = {};' }));
    build.onLoad({ filter: /undici[\\/]lib[\\/](?:core|dispatcher)[\\/][\w-]+\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/\bchannels\.\w+\.hasSubscribers\b/g, 'false'),
    }));
    // Tables of the parser, of which undici itself uses two.
    build.onLoad({ filter: /llhttp[\\/]constants\.js$/ }, ({ path }) => {
      const { ERROR, TYPE } = createRequire(import.meta.url)(path);
      return { contents: `module.exports = ${JSON.stringify({ ERROR, TYPE })};` };
    });
    build.onLoad({ filter: /llhttp-wasm\.js$/ }, ({ path }) => {
      const packed = brotliCompressSync(createRequire(import.meta.url)(path)).toString('base64');
      return {
        contents: `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed}', 'base64'));`,
      };
    });
  },
};
