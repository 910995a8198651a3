import { parseArgs } from 'node:util';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { redactor } from '../../redaction/redactor.ts';
import { toolNames } from '../../services/tools/toolNames.ts';
import { exitCodes } from '../exitCodes.ts';
import { endQuietlyWithReader, printError } from '../output.ts';
import { version } from '../version.ts';
import { answerCall } from './answerCall.ts';
import { LineTransport } from './lineTransport.ts';
import { toolDefinitions } from './toolDefinitions.ts';

export const usage = `[--database FILE]

  Speaks the Model Context Protocol over stdin and stdout. Off until “Key Quota: Copy MCP Configuration…” was used in
  the editor; the settings keyQuota.agents.* hold here too.

  --database  the database of an editor, in place of the one that was written last`;

/** `key-quota mcp`: answers an agent until its input ends. Asks no gateway, and no key ring. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { database: { type: 'string' } } });
  const server = new Server({ name: 'key-quota', version }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...toolDefinitions] }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) =>
    resultOf(params.name, params.arguments, values.database, signal),
  );
  const ended = new Promise<void>(resolve => {
    server.onclose = resolve;
  });
  if (process.stdin.isTTY) printError('This is for agents, which speak JSON-RPC here. Ctrl-D ends it.');
  endQuietlyWithReader();
  await server.connect(new LineTransport(process.stdin, process.stdout));
  await ended;
  return exitCodes.ok;
}

/** What goes wrong is a sentence for the agent, which may then do better. */
async function resultOf(
  called: string,
  input: unknown,
  database: string | undefined,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const name = toolNames.find(each => each === called);
  if (!name)
    throw new McpError(ErrorCode.InvalidParams, `There is no such tool. There are: ${toolNames.join(', ')}.`);
  try {
    return { content: [{ type: 'text', text: await answerCall(name, input, database, signal) }] };
  } catch (error) {
    return { content: [{ type: 'text', text: redactor.redact(sentenceOf(error)) }], isError: true };
  }
}

/** What tools refuse is said by plain errors. All others are those of a database that is not as it should be, in words that help nobody. */
function sentenceOf(error: unknown): string {
  const isPlain = error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
  return isPlain && !('code' in error) ? error.message : 'The database of Key Quota could not be read.';
}
