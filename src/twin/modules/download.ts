// A real HTTP request from the modelled machine. Only loopback is reached: the twin runs on the build host and must
// never be a way out of it, and what a rehearsal downloads is served by the build itself.
import { isIP } from 'node:net';

export interface DownloadRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  timeoutMs: number;
  /** How many redirects may be followed; 0 for none. */
  maxRedirects: number;
  signal: AbortSignal;
}

export interface Download {
  status: number;
  statusText: string;
  lastModified: Date | null;
  body: Buffer;
}

/** Thrown with words for the module's message. */
export class DownloadError extends Error {
  /** What the server answered, where it answered. */
  readonly response: { status: number; statusText: string } | null;

  constructor(
    message: string,
    response: { status: number; statusText: string } | null = null,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'DownloadError';
    this.response = response;
  }
}

const maxBytes = 64 * 1024 * 1024;

export async function download(request: DownloadRequest): Promise<Download> {
  let url = parseUrl(request.url);
  const signal = AbortSignal.any([AbortSignal.timeout(request.timeoutMs), request.signal]);
  for (let redirects = 0; ; redirects++) {
    const response = await ask(url, request, signal);
    const location = response.headers.get('location');
    // Where redirects are not followed, .NET takes the redirect itself for the answer.
    if (isRedirect(response.status) && location !== null && request.maxRedirects > 0) {
      await response.body?.cancel();
      if (redirects >= request.maxRedirects) {
        throw new DownloadError('Too many automatic redirections were attempted.');
      }
      url = parseUrl(new URL(location, url).href);
      continue;
    }
    if (response.status >= 400) {
      await response.body?.cancel();
      const { status, statusText } = response;
      throw new DownloadError(`The remote server returned an error: (${status}) ${statusText}.`, {
        status,
        statusText,
      });
    }
    return await readAnswer(response);
  }
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new DownloadError(`Invalid URI: ${text}`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DownloadError(`the twin does not model downloads by ${url.protocol.replace(':', '')}`);
  }
  if (!isLoopback(url.hostname)) {
    throw new DownloadError(`the twin does not model the network beyond this host: ${url.hostname}`);
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 4) return address.startsWith('127.');
  return address === '::1' || address.toLowerCase() === 'localhost';
}

async function ask(url: URL, request: DownloadRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { method: request.method, headers: request.headers, redirect: 'manual', signal });
  } catch (error) {
    if (signal.aborted) throw new DownloadError('The operation has timed out', null, error);
    throw new DownloadError('Unable to connect to the remote server', null, error);
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

async function readAnswer(response: Response): Promise<Download> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = response.body as AsyncIterable<Uint8Array> | null;
  for await (const piece of stream ?? []) {
    size += piece.byteLength;
    if (size > maxBytes) throw new DownloadError('the file is too large for the modelled disk');
    pieces.push(piece);
  }
  const modified = response.headers.get('last-modified');
  return {
    status: response.status,
    statusText: response.statusText,
    lastModified: modified === null ? null : new Date(modified),
    body: Buffer.concat(pieces),
  };
}

/** The last part of a URL's path, decoded; '' where there is none. */
export function fileNameOf(url: string): string {
  if (!URL.canParse(url)) return '';
  return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
}
