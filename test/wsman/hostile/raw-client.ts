// A client made of bytes: it sends whatever a test wants over one connection, and reads answers as they come.
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ntlmClient } from '../../../src/wsman/auth/ntlm-client.js';
import type { MessageSecurity } from '../../../src/wsman/auth/scheme.js';
import { decodeSealedBody, encodeSealedBody } from '../../../src/wsman/sealed-body.js';
import { afterwards, password, user } from '../rig.js';
import { soapType } from './answers.js';

export interface RawReply {
  status: number;
  head: string;
  body: Buffer;
}

export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #rest = Buffer.alloc(0);
  readonly #replies: RawReply[] = [];
  readonly #waiting: ((reply: RawReply | null) => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (piece: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, piece]);
      this.#read();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const resume of this.#waiting.splice(0)) resume(null);
        resolve();
      });
    });
    afterwards(() => socket.destroy());
  }

  send(...pieces: (Buffer | string)[]): void {
    this.socket.write(Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
  }

  /** The next answer; null when the server closed instead. */
  reply(): Promise<RawReply | null> {
    const reply = this.#replies.shift();
    if (reply !== undefined) return Promise.resolve(reply);
    if (this.socket.destroyed) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** What a server answers to these bytes: a status, or null for a closed connection. */
  async ask(...pieces: (Buffer | string)[]): Promise<number | null> {
    this.send(...pieces);
    return (await this.reply())?.status ?? null;
  }

  #read(): void {
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = this.#rest.toString('latin1', 0, end);
      const whole = end + 4 + Number(/^Content-Length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (this.#rest.length < whole) return;
      const body = Buffer.from(this.#rest.subarray(end + 4, whole));
      this.#rest = this.#rest.subarray(whole);
      const reply = { status: Number(head.split(' ')[1]), head, body };
      const resume = this.#waiting.shift();
      if (resume === undefined) this.#replies.push(reply);
      else resume(reply);
    }
  }
}

export async function rawClient({ port, ca }: { port: number; ca?: string }): Promise<RawClient> {
  const socket =
    ca === undefined ? connectTcp({ host: '127.0.0.1', port }) : connectTls({ host: '127.0.0.1', port, ca });
  const client = new RawClient(socket);
  await Promise.race([once(socket, ca === undefined ? 'connect' : 'secureConnect'), client.closed]);
  return client;
}

/** A request as bytes, with the length of its body unless the headers say otherwise. */
export function post(body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const bytes = Buffer.from(body);
  const all = { Host: 'x', 'Content-Length': String(bytes.length), 'Content-Type': soapType, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /wsman HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}

/** The last leg of a login by NTLM over plain HTTP, not yet sent, and what seals the bodies once it is. */
export async function almostIn(
  client: RawClient,
  who = { user, password },
): Promise<{ type3: Buffer; security: () => Promise<MessageSecurity> }> {
  const facts = { secure: false, host: '127.0.0.1', serverCertificate: null };
  const handshake = ntlmClient(who).begin(facts);
  client.send(post('', { Authorization: await handshake.first() }));
  const reply = await client.reply();
  const challenge = /^WWW-Authenticate: ([^\r]*)/im.exec(reply?.head ?? '')?.[1] ?? '';
  const next = (await handshake.next([challenge])) ?? '';
  return {
    type3: Buffer.from(next.split(' ')[1] ?? '', 'base64'),
    security: async () => (await handshake.accepted([]))!,
  };
}

export async function logIn(client: RawClient, who = { user, password }): Promise<MessageSecurity> {
  const { type3, security } = await almostIn(client, who);
  const status = await client.ask(post('', negotiate(type3)));
  if (status !== 200) throw new Error(`the login was answered by ${status}`);
  return security();
}

export function negotiate(token: Buffer): { Authorization: string } {
  return { Authorization: `Negotiate ${token.toString('base64')}` };
}

export function sealedPost(
  security: MessageSecurity,
  text: string,
  change: (parts: { header: Buffer; sealed: Buffer; plainLength: number }) => {
    header: Buffer;
    sealed: Buffer;
    plainLength: number;
  } = (parts) => parts,
): Buffer {
  const plain = Buffer.from(text);
  const { plainLength, ...message } = change({ ...security.seal(plain), plainLength: plain.length });
  const about = { protocol: security.protocol, originalType: soapType, plainLength };
  const { contentType, bytes } = encodeSealedBody(message, about);
  return post(bytes, { 'Content-Type': contentType });
}

export function open(security: MessageSecurity, reply: RawReply | null): string {
  const type = /^Content-Type: ([^\r]*)/im.exec(reply?.head ?? '')?.[1] ?? '';
  return security.unseal(decodeSealedBody(type, reply?.body ?? Buffer.alloc(0)).message).toString();
}
