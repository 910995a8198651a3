import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../host/project.ts';

/**
 * Compiled code is kept from run to run, which saves two thirds of the start of a process: most of that is stripping
 * types from some hundred files. Processes that tests start find the folder by this variable.
 */
process.env.NODE_COMPILE_CACHE ??= join(
  process.env.KEY_QUOTA_CACHE || join(projectRoot, '.cache'),
  'compiled',
);
enableCompileCache(process.env.NODE_COMPILE_CACHE);

/** What mocha calls before the first test of a file: what that file imported is there for the processes it starts. */
export const mochaHooks = { beforeAll: (): void => flushCompileCache() };
