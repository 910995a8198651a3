/** What VS Code gives a page of ours. */
interface VscodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VscodeApi;

/** The page's line to its host: what it says, and what is kept of it while it is hidden or reloaded. */
export interface Page<Said, Kept> {
  post(message: Said): void;
  keep(state: Kept): void;
  /** Whatever an earlier self kept: perhaps of another version, so nothing is sure about it. */
  kept(): Readonly<Record<string, unknown>>;
}

/** Opens the line and hears what the host says. VS Code allows this once. */
export function openPage<Said, Kept>(hear: (message: unknown) => void): Page<Said, Kept> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', event => hear(event.data));
  return {
    post: message => api.postMessage(message),
    keep: state => api.setState(state),
    kept: () => {
      const state = api.getState();
      return typeof state === 'object' && state !== null ? { ...state } : {};
    },
  };
}
