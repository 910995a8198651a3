import tls from 'node:tls';

let defaultContext: tls.SecureContext | undefined;

/**
 * The certificate authorities of Node and of the system, of which undici by itself uses only a part. Created once,
 * because reading hundreds of them takes longer than a request.
 */
export function defaultTrustedRoots(): tls.SecureContext {
  defaultContext ??= tls.createSecureContext({ ca: defaultRoots() });
  return defaultContext;
}

/** Trust in these certificates, and optionally in the usual ones. */
export function trustedRootsFrom(
  certificates: readonly string[],
  includeDefaults = false,
): tls.SecureContext {
  return tls.createSecureContext({
    ca: includeDefaults ? [...certificates, ...defaultRoots()] : [...certificates],
  });
}

function defaultRoots(): string[] {
  return [...new Set([...rootsOf('default'), ...rootsOf('system')])];
}

function rootsOf(kind: 'default' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(kind);
  } catch {
    // The oldest supported VS Code has a Node without this function, and some builds have no system store.
    return kind === 'default' ? tls.rootCertificates : [];
  }
}
