import texts from '../../../package.nls.json' with { type: 'json' };
import { toolInputs } from '../../services/tools/toolInputs.ts';
import { type ToolName, toolNames } from '../../services/tools/toolNames.ts';

/** A tool as the protocol describes it to agents. */
interface ToolDefinition {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, object>>;
    readonly additionalProperties: false;
  };
  readonly annotations: Readonly<Record<string, boolean>>;
}

const AS_STORED =
  'Here the answer is what the extension has stored: no gateway is asked, and figures are as fresh as an open window of the editor keeps them.';

/** Both tools, in the words that agents in the editor get; nobody can be asked for newer figures here. */
export const toolDefinitions: readonly ToolDefinition[] = toolNames.map(name => {
  const prefix = name.replace('keyQuota_', 'tool.');
  const inputs = Object.entries(toolInputs[name]).filter(([input]) => input !== 'refresh');
  return {
    name,
    title: textOf(prefix),
    description: `${textOf(`${prefix}.model`)} ${AS_STORED}`,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        inputs.map(([input, kind]) => [
          input,
          { ...schemaOf(kind), description: textOf(`${prefix}.${input}.input`) },
        ]),
      ),
      additionalProperties: false,
    },
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  };
});

function schemaOf(kind: 'text' | 'flag' | readonly string[]): object {
  if (kind === 'flag') return { type: 'boolean' };
  return kind === 'text' ? { type: 'string' } : { type: 'string', enum: kind };
}

function textOf(name: string): string {
  const text = (texts as Readonly<Record<string, string>>)[name];
  if (text === undefined) throw new Error(`There is no text ${name}.`);
  return text;
}
