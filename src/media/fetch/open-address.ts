// From an address to the head of an answer, by way of at most five redirects.
import { once } from 'node:events';
import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { fail } from '../../errors/index.js';
import { networkReason } from '../../util/index.js';
import { shownAddress, shownText } from './shown.js';
import type { Download } from './types.js';

/** A failure that may be another one at the next attempt. */
export class Broken extends Error {
  override name = 'Broken';
}

export interface Answer {
  /** After all redirects. */
  url: string;
  status: number;
  headers: IncomingHttpHeaders;
  body: IncomingMessage;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const redirectLimit = 5;

/** Throws Broken, E_FETCH_ADDRESS, or the signal's reason. Whoever gets the answer reads or destroys its body. */
export async function openAddress(download: Download, headers: Record<string, string>): Promise<Answer> {
  let url = addressOf(download, download.url, null);
  for (let followed = 0; ; followed++) {
    const body = await ask(download, url, headers);
    const status = body.statusCode ?? 0;
    const { location } = body.headers;
    if (!redirects.has(status) || location === undefined)
      return { url: url.href, status, headers: body.headers, body };
    body.destroy();
    if (followed === redirectLimit) {
      const why = `it leads on more than ${redirectLimit} times`;
      throw fail('E_FETCH_ADDRESS', { path: download.path, url: shownAddress(download.url), why });
    }
    url = addressOf(download, location, url);
  }
}

/** Only http and https, never from https to http, and http only for what a hash proves. */
function addressOf({ path, sha256 }: Download, text: string, from: URL | null): URL {
  const refuse = (why: string): Error =>
    fail('E_FETCH_ADDRESS', {
      path,
      url: shownAddress(from?.href ?? text),
      why: from === null ? why : `it leads on to ${shownAddress(text)}; ${why}`,
    });
  if (!URL.canParse(text, from?.href)) throw refuse('that is no address');
  const url = new URL(text, from?.href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse(`only http and https are used, not ${url.protocol.slice(0, -1)}`);
  if (url.username !== '' || url.password !== '') throw refuse('no user names and passwords are sent');
  if (url.protocol === 'http:' && from?.protocol === 'https:')
    throw refuse('a protected connection is not left for one that anybody can change');
  if (url.protocol === 'http:' && sha256 === null)
    throw refuse('anybody between could change it, and no SHA-256 is known to check it by');
  return url;
}

async function ask(
  { line, signal }: Download,
  url: URL,
  headers: Record<string, string>,
): Promise<IncomingMessage> {
  const options = { headers: { ...headers, 'accept-encoding': 'identity' }, agent: false, signal };
  const request =
    url.protocol === 'https:'
      ? // Said here, or NODE_TLS_REJECT_UNAUTHORIZED would say it.
        requestHttps(url, {
          ...options,
          rejectUnauthorized: true,
          ...(line.ca !== undefined && { ca: line.ca }),
        })
      : requestHttp(url, options);
  const limit = setTimeout(() => {
    request.destroy(new Broken(`no answer within ${line.headTimeoutMs / 1000} s`));
  }, line.headTimeoutMs);
  try {
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    // Later errors reach whoever reads the body; without a listener one that comes first would end the process.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    return response;
  } catch (error) {
    signal.throwIfAborted();
    throw brokenBy(error);
  } finally {
    clearTimeout(limit);
  }
}

/** Whatever a socket says, as a sentence; it may name what a certificate says. */
export function brokenBy(error: unknown): Broken {
  if (error instanceof Broken) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new Broken(shownText(networkReason(code) ?? message), { cause: error });
}
