/**
 * How a refusal is wrapped. `error`: an `error` object whose `type` is named after the software. `plain`:
 * `success: false` beside a message. `word`: `success: false` beside an `error` that is the message itself.
 * `bare-word`: the same without `success`.
 */
export type RefusalForm = 'error' | 'plain' | 'word' | 'bare-word';
