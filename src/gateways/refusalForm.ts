/**
 * The form of a refusal. `error`: an `error` object whose `type` is named after the software. `coded`: an `error` object
 * without a `type`, whose `code` is the HTTP status. `numbered`: an `error` object with `type` and `param`, whose `code` is
 * the HTTP status as text. `typed`: an `error` object with any other `type`, as OpenAI writes it. `plain`: `success: false`
 * and a `message`. `word`: `success: false` and an `error` text. `bare-word`: an `error` text alone. `msg`: `success: false`
 * and a `msg`. `json-text`: a text in quotes and nothing else. `named`: a `code` in capitals and a `message`. `titled`: an
 * `error` text, which is its code, and a `message`.
 */
export type RefusalForm =
  | 'error'
  | 'coded'
  | 'numbered'
  | 'typed'
  | 'plain'
  | 'word'
  | 'bare-word'
  | 'msg'
  | 'json-text'
  | 'named'
  | 'titled';
