/** Names that public DNS does not hold, names without a dot included. */
const LOCAL_NAME = /(?:^[^.]+|\.(?:local|lan|home|internal|intranet|corp|home\.arpa|test))\.?$/;

/**
 * Whether a host can only be in a private network, where the user may allow plain http. `hostname` is as
 * `URL` writes it: lower case, addresses in canonical form, IPv6 in brackets.
 */
export function isPrivateHost(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  if (hostname.startsWith('[')) return isPrivateV6(hostname);
  const octets = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(hostname);
  if (!octets) return LOCAL_NAME.test(hostname);
  const [first, second] = [Number(octets[1]), Number(octets[2])];
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    // 100.64.0.0/10: shared by carriers, and used by VPNs.
    (first === 100 && second >= 64 && second <= 127)
  );
}

/** Unique local and link-local addresses. */
function isPrivateV6(hostname: string): boolean {
  return /^\[(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(hostname);
}

/** Whether a host name, as `URL` writes it, is the loopback: what is sent there does not leave the machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
