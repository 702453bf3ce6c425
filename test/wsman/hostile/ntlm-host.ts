// A host that speaks NTLM over plain HTTP by the server's own half of it, and can be made to lie at each step.
import type { Socket } from 'node:net';
import { encodeSealedBody, decodeSealedBody } from '../../../src/wsman/sealed-body.js';
import { ntHash, ntlmServer } from '../../../src/wsman/index.js';
import type { MessageSecurity, ServerHandshake, ServerLeg } from '../../../src/wsman/auth/scheme.js';
import { password } from '../rig.js';
import { http, soapType } from './answers.js';
import { byteHost, type ByteHost, type SeenRequest } from './byte-host.js';

/** One sealed question that was opened, and what its answer may be made with. */
export interface Opened {
  socket: Socket;
  /** The request's envelope. */
  text: string;
  /** Of this connection, beginning with 1. */
  count: number;
  security: MessageSecurity;
}

export interface NtlmConduct {
  /** What goes out instead of the honest end of a leg; undefined for that. */
  leg?: (leg: ServerLeg, socket: Socket) => Buffer | undefined;
  answer?: (opened: Opened) => void;
}

export function ntlmHost({ leg, answer }: NtlmConduct): Promise<ByteHost> {
  const scheme = ntlmServer({
    computerName: 'HOST',
    version: [6, 3, 9600],
    ntHashOf: () => ntHash(password),
  });
  const states = new WeakMap<
    Socket,
    { handshake: ServerHandshake; security: MessageSecurity | null; count: number }
  >();
  const converse = async (socket: Socket, request: SeenRequest): Promise<void> => {
    const fresh = {
      handshake: scheme.begin({ secure: false, host: '', serverCertificate: null }),
      ...{ security: null, count: 0 },
    };
    const state = states.get(socket) ?? fresh;
    states.set(socket, state);
    const token = /^Authorization: Negotiate (\S+)/im.exec(request.head)?.[1];
    if (token !== undefined) {
      const end = await state.handshake.leg(token);
      if (end.outcome === 'accepted') state.security = end.security;
      socket.write(leg?.(end, socket) ?? honest(end));
      return;
    }
    const { security } = state;
    if (security === null) return;
    state.count += 1;
    const contentType = /^Content-Type: ([^\r]*)/im.exec(request.head)?.[1] ?? '';
    const text = security.unseal(decodeSealedBody(contentType, request.body).message).toString();
    answer?.({ socket, text, security, count: state.count });
  };
  return byteHost(
    (socket, request) => {
      converse(socket, request).catch((error: unknown) => socket.destroy(error as Error));
    },
    { tls: false },
  );
}

export function honest(leg: ServerLeg): Buffer {
  if (leg.outcome === 'accepted') return http(200);
  const offer = leg.outcome === 'challenged' ? leg.challenge : 'Negotiate';
  return http(401, '', { 'WWW-Authenticate': offer });
}

/** A challenge with other bytes in it. */
export function changed(leg: ServerLeg, change: (type2: Buffer) => Buffer): Buffer {
  if (leg.outcome !== 'challenged') return honest(leg);
  const token = Buffer.from(leg.challenge.split(' ')[1] ?? '', 'base64');
  return http(401, '', { 'WWW-Authenticate': `Negotiate ${change(token).toString('base64')}` });
}

export interface SealedParts {
  header: Buffer;
  sealed: Buffer;
  plainLength: number;
}

/** As an honest host seals it, unless the parts are changed on the way. */
export function sealed(
  { security }: Opened,
  text: string,
  change: (parts: SealedParts) => SealedParts = (parts) => parts,
): Buffer {
  const plain = Buffer.from(text);
  const { plainLength, ...message } = change({ ...security.seal(plain), plainLength: plain.length });
  const { protocol } = security;
  const { contentType, bytes } = encodeSealedBody(message, { protocol, originalType: soapType, plainLength });
  return http(200, bytes, { 'Content-Type': contentType });
}
