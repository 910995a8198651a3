/** `contributes.configuration` of package.json: the groups of the settings editor. */
export type SettingGroups<Property> = readonly {
  readonly title: string;
  readonly order: number;
  readonly properties: Readonly<Record<string, Property>>;
}[];

/** The settings of all groups, by name. */
export function settingProperties<Property>(
  groups: SettingGroups<Property>,
): Readonly<Record<string, Property>> {
  return Object.assign({}, ...groups.map(({ properties }) => properties)) as Readonly<
    Record<string, Property>
  >;
}
