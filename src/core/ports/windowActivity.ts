/** Whether a person is at this window. */
export interface WindowActivity {
  readonly focused: boolean;
  onDidFocus(listener: () => void): { dispose(): unknown };
}
