import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lazyImport } from '../../core/lazyImport.ts';
import type { Log } from '../../core/ports/log.ts';
import { teamKeyId } from '../../core/team/teamAnswer.ts';
import { SECOND_MS } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import { systemClock } from '../../services/systemClock.ts';
import type { SqliteStore } from '../../store/store.ts';
import type { Configuration, Reader, Scraper } from '../configuration/configuration.ts';
import { systemErrorText } from '../systemError.ts';
import { adoptKeys } from './adoptKeys.ts';
import { type Answer, acceptsGzip, refusal, sendAnswer } from './http/answer.ts';
import { createBoundedServer, type ServerLimits } from './http/boundedServer.ts';
import { type RouterParts, route } from './http/router.ts';
import { tokenHolder } from './http/tokens.ts';
import { EXPOSITION_TYPE, exposition } from './metrics/exposition.ts';
import { measure } from './metrics/measure.ts';
import { CannotStart, openStore, writeAtStart } from './openStore.ts';
import { RefusalLog } from './refusalLog.ts';
import { saltOf } from './salt.ts';
import { createServerParts } from './serverParts.ts';
import { TeamAnswers } from './teamAnswers.ts';

export interface StartOptions {
  readonly log: Log;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limits?: ServerLimits;
}

/** A server that listens and polls. */
export interface RunningServer {
  /** `http://127.0.0.1:9633` */
  readonly address: string;
  /** Answers open requests, waits for running requests to gateways, and closes the database. */
  close(): Promise<void>;
}

/** How long a client may take to read the last answer. */
const LAST_ANSWERS_MS = 2 * SECOND_MS;

/**
 * Starts a server: the stored figures can be asked for at once, and gateways are asked as far as their limits allow.
 * @throws CannotStart
 */
export async function startServer(
  configuration: Configuration,
  { log, environment, limits }: StartOptions,
): Promise<RunningServer> {
  const { data, readers, scrapers, settings, withNames, otlp, proxyLogins } = configuration;
  for (const { token } of [...readers, ...scrapers]) redactor.protect(token);
  const store = await openStore(data, log);
  const salt = readSalt(configuration, store, log);
  const keys = await writeAtStart(() =>
    store.retryWhileLocked(() => adoptKeys(store, configuration.keys, systemClock.now())),
  ).catch(error => {
    store.close();
    throw error;
  });
  const ids = new Map([...keys].map(([id, { baseUrl, secret }]) => [id, teamKeyId(salt, baseUrl, secret)]));
  const clock = systemClock;
  const parts = createServerParts({ configuration, store, keys, clock, log, environment });
  const snapshot = () => parts.monitor.snapshot;
  const monthBegins = () => settings.monthBegins;
  const answers = new TeamAnswers({ salt, ids, snapshot, now: clock.now, monthBegins });
  const refusals = new RefusalLog(log, clock.now);
  const measureParts = { store, settings, snapshot, ids, withNames, calls: parts.calls, now: clock.now };
  const measured = () => measure(measureParts);
  const router: RouterParts<Reader, Scraper> = {
    readers: readers.map(reader => tokenHolder(reader.token, reader)),
    scrapers: scrapers.map(scraper => tokenHolder(scraper.token, scraper)),
    keysFor: (reader, known) => answers.answerFor(reader, known),
    metrics: async () =>
      answers.unread ?? { status: 200, type: EXPOSITION_TYPE, text: await exposition(measured()) },
    onRefused: (path, why) => refusals.note(path, why),
  };
  const server = createBoundedServer(
    (request, response) => void answer(response, request, () => route(request, router), log),
    limits,
  );
  try {
    // The stored figures are there before anybody can ask.
    await parts.start();
    const address = await listen(server, configuration);
    const push =
      otlp &&
      (await lazyImport(() => import('./otlp/startOtlpPush.ts'))).startOtlpPush({
        ...{ settings: otlp, proxyLogins, environment, address, clock, log },
        measure: () => (answers.unread ? undefined : measured()),
      });
    return {
      address,
      async close() {
        await Promise.all([push?.close(), endAnswers(server), parts.close()]);
        // Closed last, since the last answers read from it.
        store.close();
      },
    };
  } catch (error) {
    await parts.close();
    store.close();
    throw error;
  }
}

/** @throws CannotStart where the data folder takes no file: its disk may be full though the database still opens. */
function readSalt({ data, salt }: Configuration, store: SqliteStore, log: Log): string {
  try {
    return saltOf(data, salt, log);
  } catch (error) {
    store.close();
    throw new CannotStart(
      `The salt cannot be read from the data folder, or written there: ${systemErrorText(error)}.`,
    );
  }
}

/** Stops listening, and waits until open requests are answered. */
async function endAnswers(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cancel = systemClock.after(LAST_ANSWERS_MS, () => server.closeAllConnections());
  await closed;
  cancel();
}

async function answer(
  response: ServerResponse,
  { headers }: IncomingMessage,
  answerOf: () => Promise<Answer>,
  log: Log,
): Promise<void> {
  try {
    await sendAnswer(response, await answerOf(), acceptsGzip(headers['accept-encoding']?.toString()));
  } catch (error) {
    log.warn(`A request could not be answered: ${String(error)}`);
    if (response.headersSent) response.destroy();
    else await sendAnswer(response, refusal(500, 'That went wrong here; the log says why.'), false);
  }
}

/** Why there is no listening, by what the system says. */
const NOT_LISTENING: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_, port) =>
    `Another program listens at port ${port} already, maybe a server that was started before. “listen” names another port.`,
  EADDRNOTAVAIL: host => `This machine has no address ${host}, which “listen” names.`,
  ENOTFOUND: host => `There is no host ${host}, which “listen” names.`,
  EACCES: (_, port) =>
    `This user may not listen at port ${port}, which “listen” names: take one of 1024 or more.`,
};

async function listen(server: Server, { listen: { host, port } }: Configuration): Promise<string> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CannotStart(
      NOT_LISTENING[code ?? '']?.(host, port) ?? `It cannot listen at ${host}: ${systemErrorText(error)}.`,
    );
  }
  const { address, port: actual, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
}
