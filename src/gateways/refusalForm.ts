/**
 * The form of a refusal. `error`: an `error` object whose `type` is named after the software. `plain`:
 * `success: false` and a `message`. `word`: `success: false` and an `error` text. `bare-word`: an `error`
 * text alone.
 */
export type RefusalForm = 'error' | 'plain' | 'word' | 'bare-word';
