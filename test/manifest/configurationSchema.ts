import { toJsonSchema } from '@valibot/to-json-schema';
import { configurationSchema } from '../../src/cli/configuration/schema.ts';

/** The JSON Schema of `key-quota.json`, for editors: what the command itself goes by. */
export function configurationSchemaText(): string {
  // Rules that no JSON Schema can hold are left to `key-quota check`.
  const schema = toJsonSchema(configurationSchema, { typeMode: 'input', errorMode: 'ignore' });
  return `${JSON.stringify({ title: 'The configuration of key-quota serve', ...schema }, null, 2)}\n`;
}
