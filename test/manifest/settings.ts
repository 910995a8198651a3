import {
  type SettingEntry,
  type SettingSchema,
  settingEntries,
} from '../../src/vscode/host/settingEntries.ts';

/** `contributes.configuration.properties`: each setting with its texts, and out of a workspace's reach. */
export function configurationProperties(
  entries: Readonly<Record<string, SettingEntry>> = settingEntries,
): object {
  const inOrder = Object.entries(entries).toSorted(([, a], [, b]) => a.order - b.order);
  return Object.fromEntries(
    inOrder.map(([name, { order, tags, ...schema }]) => [
      `keyQuota.${name}`,
      {
        ...described({ ...schema, markdown: true }, `setting.${name}`),
        scope: 'application',
        order,
        ...(tags && { tags }),
        markdownDescription: `%setting.${name}%`,
      },
    ]),
  );
}

/** A schema with the keys of the texts that belong into it. */
function described({ markdown, parts, ...schema }: SettingSchema, key: string): object {
  const { enum: choices, pattern, additionalProperties } = schema;
  return {
    ...schema,
    ...(choices && {
      [markdown ? 'markdownEnumDescriptions' : 'enumDescriptions']: choices.map(
        choice => `%${key}.${choice}%`,
      ),
    }),
    ...(pattern !== undefined && { patternErrorMessage: `%${key}.error%` }),
    ...(parts && { properties: describedParts(parts, key) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: described(additionalProperties, key),
    }),
  };
}

function describedParts(parts: NonNullable<SettingSchema['parts']>, key: string): object {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      {
        ...described(part, `${key}.${name}`),
        [part.markdown ? 'markdownDescription' : 'description']: `%${key}.${name}%`,
      },
    ]),
  );
}
