/** Loaded before all tests: figures that are worked out by hand hold where the machine is, too. A test of a zone sets it. */
process.env.TZ = 'UTC';
