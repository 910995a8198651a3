import { descriptionParts } from '../../src/gateways/described/descriptionParts.ts';
import { settingEntries } from '../../src/vscode/host/settingEntries.ts';
import {
  SETTING_GROUPS,
  type SettingEntry,
  type SettingSchema,
} from '../../src/vscode/host/settingSchema.ts';

/** The setting whose members are loaded late. */
const describedGateways: SettingEntry = {
  ...settingEntries.describedGateways,
  additionalProperties: {
    type: 'object',
    parts: descriptionParts,
    required: ['path'],
    additionalProperties: false,
  },
};

type Entries = Readonly<Record<string, SettingEntry>>;

/** `contributes.configuration`: the groups of the settings editor. */
export function configuration(): object[] {
  const entries: Entries = { ...settingEntries, describedGateways };
  return SETTING_GROUPS.map((name, index) => ({
    title: `%settings.${name}%`,
    order: index + 1,
    properties: configurationProperties(
      Object.fromEntries(Object.entries(entries).filter(([, { group }]) => group === name)),
    ),
  }));
}

/** The settings of a group, each with its texts, and out of a workspace's reach. */
function configurationProperties(entries: Entries): object {
  const inOrder = Object.entries(entries).toSorted(([, a], [, b]) => a.order - b.order);
  return Object.fromEntries(
    inOrder.map(([name, { group, order, tags, ...schema }]) => [
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
function described(
  { markdown, parts, plainChoices, errorOf, ...schema }: SettingSchema,
  key: string,
): object {
  const { enum: choices, pattern, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(choices &&
      !plainChoices && {
        [markdown ? 'markdownEnumDescriptions' : 'enumDescriptions']: choices.map(
          choice => `%${key}.${choice}%`,
        ),
      }),
    ...(pattern !== undefined && {
      patternErrorMessage: `%${errorOf === undefined ? key : `${key.replace(/[^.]+$/, '')}${errorOf}`}.error%`,
    }),
    ...(items && { items: described(items, key) }),
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
