import { handOver, mochaGlobalSetup, mochaGlobalTeardown } from './processes.ts';

export { mochaGlobalSetup, mochaGlobalTeardown };

/** What mocha calls after the last test of a file; the stages have searched what they leave by then. */
export const mochaHooks = { afterAll: handOver };
