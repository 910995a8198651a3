/** What the user set for programs outside VS Code that read the database, by name. */
export interface SharedSettingsTable {
  textOf(name: string): string | undefined;
  /** Called inside a transaction. */
  saveText(name: string, text: string): void;
}
