import type { InputShape } from '../../src/services/tools/toolInput.ts';
import { toolEntries } from '../../src/vscode/tools/toolEntries.ts';

/** `contributes.languageModelTools`: what agents are told about each tool, off by the setting. */
export function contributedTools(): object[] {
  return Object.entries(toolEntries).map(([name, { referenceName, icon, tags, inputs }]) => {
    const key = `tool.${name.replace(/^keyQuota_/, '')}`;
    return {
      name,
      displayName: `%${key}%`,
      userDescription: `%${key}.user%`,
      modelDescription: `%${key}.model%`,
      toolReferenceName: referenceName,
      canBeReferencedInPrompt: true,
      icon: `$(${icon})`,
      tags,
      when: 'config.keyQuota.agents.enabled',
      inputSchema: {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(inputs).map(([input, kind]) => [
            input,
            { ...schemaOf(kind), description: `%${key}.${input}.input%` },
          ]),
        ),
        additionalProperties: false,
      },
    };
  });
}

function schemaOf(kind: InputShape[string]): object {
  if (kind === 'text') return { type: 'string' };
  return kind === 'flag' ? { type: 'boolean' } : { type: 'string', enum: kind };
}
