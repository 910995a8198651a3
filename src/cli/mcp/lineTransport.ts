import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ErrorCode,
  type JSONRPCMessage,
  JSONRPCMessageSchema,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { linesOf } from './linesOf.ts';

const MEGABYTES = 10;
const BYTE_ORDER_MARK = /^\ufeff/;

const TOO_LONG = `This message has more than ${MEGABYTES} MB and was not read.`;
const NOT_JSON = 'This is not JSON. Each message is one line of JSON.';
const BATCH = 'Several messages in one line are not answered: send each in a line of its own.';
const NO_MESSAGE = 'This is not a message of JSON-RPC 2.0.';

/**
 * Messages as lines on two streams. Unlike the library's, it answers a line that is no message with an error and goes on,
 * and when its input ends it closes only after all requests have been answered.
 */
export class LineTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #unanswered = new Set<RequestId>();
  #hasEnded = false;

  constructor(input: Readable, output: Writable) {
    [this.#input, this.#output] = [input, output];
  }

  async start(): Promise<void> {
    void this.#readToEnd();
  }

  async send(message: object): Promise<void> {
    const line = `${JSON.stringify(message)}\n`;
    // Called for a reader that has gone as well.
    await new Promise<void>(resolve => this.#output.write(line, () => resolve()));
    if ('id' in message && !('method' in message)) this.#unanswered.delete(message.id as RequestId);
    this.#closeAtEnd();
  }

  async close(): Promise<void> {
    this.onclose?.();
  }

  async #readToEnd(): Promise<void> {
    try {
      for await (const line of linesOf(this.#input, MEGABYTES * 1024 * 1024)) {
        if (line === undefined) await this.#refuse(ErrorCode.InvalidRequest, TOO_LONG);
        else if (line.trim() !== '') await this.#receive(line.replace(BYTE_ORDER_MARK, ''));
      }
    } catch {
      // A terminal that was closed: nothing more comes from there.
    }
    this.#hasEnded = true;
    this.#closeAtEnd();
  }

  async #receive(line: string): Promise<void> {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return this.#refuse(ErrorCode.ParseError, NOT_JSON);
    }
    const { data: message } = JSONRPCMessageSchema.safeParse(value);
    if (!message)
      return this.#refuse(ErrorCode.InvalidRequest, Array.isArray(value) ? BATCH : NO_MESSAGE, idOf(value));
    if ('method' in message && 'id' in message) this.#unanswered.add(message.id);
    // A request that is cancelled gets no answer.
    if ('method' in message && message.method === 'notifications/cancelled')
      this.#unanswered.delete(message.params?.requestId as RequestId);
    this.onmessage?.(message);
  }

  #refuse(code: ErrorCode, message: string, id: RequestId | null = null): Promise<void> {
    return this.send({ jsonrpc: '2.0', id, error: { code, message } });
  }

  #closeAtEnd(): void {
    if (this.#hasEnded && this.#unanswered.size === 0) void this.close();
  }
}

/** The id of what is no message, as far as it has one. */
function idOf(value: unknown): RequestId | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
