/** Loaded before all tests, so that a run is like the one before: on any machine, and whatever chance brings. */
import * as fc from 'fast-check';

// Tests of other zones set them.
process.env.TZ = 'UTC';
// `npm run fuzz` and a file that is run by itself try other cases each time.
fc.configureGlobal({ seed: 20_261_130 });
