import type { FailureReason } from '../../core/quota/failure.ts';
import { failureStatusText } from '../../text/failureStatus.ts';

/** Why a server told nothing, for a single command: nothing is tried again, and no setting of VS Code helps. */
export function serverTroubleText(host: string, reason: FailureReason): string {
  return `${host} ${SENTENCES[reason] ?? `could not be asked: ${failureStatusText({ class: 'transient', reason })}.`}`;
}

const PROXY = 'HTTPS_PROXY names it, as http://user:password@proxy.example:8080, and NO_PROXY leaves it out.';
const REDIRECTED =
  'redirects to another address, where no token was sent. Name that one if it is the server’s own.';

const SENTENCES: Partial<Record<FailureReason, string>> = {
  offline: 'could not be asked: this machine is offline.',
  'host-not-found': 'could not be found. Look at the name.',
  'connection-refused': 'does not answer: nothing listens at that port, or a firewall is in between.',
  'connection-broken': 'broke the connection off. Look at the port, and whether it speaks https.',
  timeout: 'did not answer in time.',
  'certificate-untrusted':
    'has a certificate that is not trusted here, and was not sent the token. Name the file of its certificate authority in the variable NODE_EXTRA_CA_CERTS.',
  'certificate-expired': 'has a certificate that is not valid at this date, and was not sent the token.',
  'certificate-name': 'has a certificate for another name, and was not sent the token.',
  tls: 'could not be asked safely. Look at the port, and whether it speaks https.',
  'plain-http':
    'was not sent the token: plain http would show it to the network. Write https, or ask on that machine itself.',
  'plain-http-public':
    'was not sent the token: plain http would show it to everybody on the way. Write https.',
  proxy: `could not be asked: the proxy refused, or does not answer. ${PROXY}`,
  'proxy-login': `could not be asked: the proxy wants another login. ${PROXY}`,
  'proxy-setting': `could not be asked: the proxy cannot be used. ${PROXY}`,
  redirected: REDIRECTED,
  'redirect-loop': REDIRECTED,
  'https-instead': 'wants to be asked by https. Write https.',
  'too-large': 'sent a far too large answer, which was cut off.',
  'not-http': 'does not speak http. Look at the port.',
};
