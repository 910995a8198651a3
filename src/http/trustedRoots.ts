import tls from 'node:tls';

let defaultContext: tls.SecureContext | undefined;

/**
 * Trust in the certificate authorities of Node and of the system, which undici by itself would only half know.
 * Made once: there are hundreds of them, and reading them takes longer than a request.
 */
export function defaultTrustedRoots(): tls.SecureContext {
  defaultContext ??= tls.createSecureContext({ ca: defaultRoots() });
  return defaultContext;
}

/** Trust in these certificates, and in the usual ones if wanted. */
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
    // The oldest VS Code we run on has a Node without it, and some builds have no system store.
    return kind === 'default' ? tls.rootCertificates : [];
  }
}
