/**
 * A setting in the words of a JSON schema, as VS Code's manifest takes it. Its texts follow from its name:
 * `setting.<name>`, `setting.<name>.<choice>`, and `setting.<name>.error` beside a pattern.
 */
export interface SettingSchema {
  readonly type: string | readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  /** The name of its error text, where several members share one. */
  readonly errorOf?: string;
  readonly enum?: readonly string[];
  /** Whether the choices say themselves what they are, and need no texts. */
  readonly plainChoices?: boolean;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: SettingSchema;
  readonly uniqueItems?: boolean;
  /** Members with a text of their own each. */
  readonly parts?: Readonly<Record<string, SettingSchema>>;
  /** Members whose names need no text. */
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: boolean | SettingSchema;
  readonly required?: readonly string[];
  /** Whether the text of a part is Markdown; those of whole settings are always allowed to be. */
  readonly markdown?: boolean;
}

/** The groups of the settings editor, in its order. Each title is the text `settings.<group>`. */
export const SETTING_GROUPS = ['general', 'statusBar', 'warnings', 'gateways', 'history', 'agents'] as const;

/** A whole setting. None can be set by a workspace: the script that writes the manifest gives all the same scope. */
export interface SettingEntry extends SettingSchema {
  readonly default: unknown;
  readonly group: (typeof SETTING_GROUPS)[number];
  /** Its place within its group. */
  readonly order: number;
  readonly tags?: readonly string[];
}
