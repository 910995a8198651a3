import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** A variable of the library's, and what it is made of: further lines of that begin with a space or close a bracket. */
const VARIABLE = /^var ([\w$]+) = (?!class\b)(.+(?:\n[\t )\]}].*)*);$/gm;

/**
 * Builds js-yaml without its writer and the schemas that are not used, which is a third of it: all that its variables
 * are made of changes nothing else, and it does not say so.
 */
export const slimYaml: Plugin = {
  name: 'slim-yaml',
  setup(build) {
    build.onLoad({ filter: /js-yaml\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(VARIABLE, 'var $1 = /* @__PURE__ */ (() => ($2))();'),
    }));
  },
};
