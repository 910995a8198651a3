import { builtinModules } from 'node:module';

/**
 * Gives a bundled CommonJS module Node's own modules. A module of the ES kind has no `require`, and what esbuild
 * writes in its place only throws, so that a whole chunk could never be loaded.
 */
export const builtins = {
  name: 'builtins',
  setup(build) {
    // With the scheme `node:`, and as older modules write them.
    const filter = new RegExp(`^(?:node:.*|${builtinModules.join('|')})$`);
    build.onResolve({ filter }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
