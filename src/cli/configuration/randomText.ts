/** The least length of a token or a salt, in characters. */
export const LEAST_LENGTH = 32;
export const HOW_TO_MAKE = 'Make one by: openssl rand -hex 32';
