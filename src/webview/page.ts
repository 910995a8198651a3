/** VS Code's API for pages. */
interface VscodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VscodeApi;

/** The page's connection to its host, and the state that VS Code keeps while the page is hidden or reloaded. */
export interface Page<Message, State> {
  post(message: Message): void;
  saveState(state: State): void;
  /** The saved state. Another version may have saved it, so its form is not certain. */
  savedState(): Readonly<Record<string, unknown>>;
}

/** Opens the connection; `receive` is called with each message of the host. VS Code allows this once. */
export function openPage<Sent, Saved>(receive: (message: unknown) => void): Page<Sent, Saved> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', event => receive(event.data));
  return {
    post: message => api.postMessage(message),
    saveState: state => api.setState(state),
    savedState: () => {
      const state = api.getState();
      return typeof state === 'object' && state !== null ? { ...state } : {};
    },
  };
}
