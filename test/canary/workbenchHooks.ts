import { conclude } from './conclude.ts';

/** What mocha calls after the last test in the workbench; the stages have searched what they leave by then. */
export const mochaHooks = { afterAll: conclude };
