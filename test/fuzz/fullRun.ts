/** What `npm run fuzz` does otherwise than `npm test`: more cases, and another seed each time. */
process.env.KEY_QUOTA_FUZZ_CASES ??= '100000';
process.env.KEY_QUOTA_FUZZ_SEED ??= String(Date.now() % 2 ** 31);
