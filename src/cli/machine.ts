import { existsSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where this process runs, as far as that decides whose database it sees. */
export interface Machine {
  readonly name: string;
  /** Absent where it is an ordinary computer, as far as can be told. */
  readonly place?: 'over SSH' | 'in WSL' | 'in a container';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Files that container engines put into their containers. */
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv'];

export function machineOf(
  environment: Environment = process.env,
  exists: (path: string) => boolean = existsSync,
  name = hostname(),
): Machine {
  const place = placeOf(environment, exists);
  return place ? { name, place } : { name };
}

function placeOf(environment: Environment, exists: (path: string) => boolean): Machine['place'] {
  // Checked before SSH: the files are in the container or WSL, even if that is reached over SSH.
  const isContainer =
    environment.REMOTE_CONTAINERS ?? environment.CODESPACES ?? environment.KUBERNETES_SERVICE_HOST;
  if (isContainer || CONTAINER_MARKS.some(exists)) return 'in a container';
  if (environment.WSL_DISTRO_NAME) return 'in WSL';
  return environment.SSH_CONNECTION ? 'over SSH' : undefined;
}

/** `devbox`, `devbox (over SSH)`. */
export function machineText({ name, place }: Machine): string {
  return place ? `${name} (${place})` : name;
}
