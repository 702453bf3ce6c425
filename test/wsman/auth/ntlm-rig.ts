// A client and a server of NTLM in one process, with nothing between them but the headers.
import { der, oid, tag } from '../../../src/wsman/auth/der.js';
import { ntHash, ntlmServer, type NtlmServerOptions } from '../../../src/wsman/auth/ntlm-server.js';
import type {
  ClientHandshake,
  ConnectionFacts,
  MessageSecurity,
  ServerHandshake,
  ServerLeg,
} from '../../../src/wsman/auth/scheme.js';

export const plainHttp: ConnectionFacts = { secure: false, host: 'host', serverCertificate: null };

/** The outside of a certificate with this signature algorithm, which is all that binding reads of one. */
const signedBy = (algorithm: string): Buffer =>
  der(tag.sequence, der(tag.sequence), der(tag.sequence, der(tag.oid, Buffer.from(oid(algorithm), 'hex'))));

export const overTls: ConnectionFacts = {
  secure: true,
  host: 'host',
  serverCertificate: signedBy('1.2.840.10045.4.3.2'),
};

/** With another certificate. */
export const otherTls: ConnectionFacts = { ...overTls, serverCertificate: signedBy('1.2.840.10045.4.3.3') };

export const password = 'Pässwörd 1';

export interface Rig {
  server: ServerHandshake;
  /** Why logins were refused. */
  reasons: string[];
  /** For whom an account was looked up. */
  lookups: [user: string, domain: string][];
}

/** A host named TWIN with one account, `Administrator`, in whatever domain. */
export function rig(connection: ConnectionFacts, options: Partial<NtlmServerOptions> = {}): Rig {
  const reasons: string[] = [];
  const lookups: [string, string][] = [];
  const scheme = ntlmServer({
    computerName: 'TWIN',
    version: [6, 3, 9600],
    ntHashOf: (user, domain) => {
      lookups.push([user, domain]);
      return user.toLowerCase() === 'administrator' ? ntHash(password) : null;
    },
    onRefused: (reason) => reasons.push(reason),
    ...options,
  });
  return { server: scheme.begin(connection), reasons, lookups };
}

export function tokenOf(header: string | null): string {
  if (header === null) throw new Error('there is no header');
  return header.slice('Negotiate '.length);
}

export function bytesOf(header: string | null): Buffer {
  return Buffer.from(tokenOf(header), 'base64');
}

export function challengeOf(leg: ServerLeg): string {
  if (leg.outcome !== 'challenged') throw new Error(`the leg was ${leg.outcome}`);
  return leg.challenge;
}

/** Both legs; the challenge and the answer may be changed on their way. */
export async function converse(
  client: ClientHandshake,
  server: ServerHandshake,
  onTheWay: { negotiate?: Change; challenge?: Change; authenticate?: Change } = {},
): Promise<ServerLeg> {
  const first = changed(await client.first(), onTheWay.negotiate);
  const challenge = changed(challengeOf(await server.leg(tokenOf(first))), onTheWay.challenge);
  const second = changed(await client.next([challenge]), onTheWay.authenticate);
  return server.leg(tokenOf(second));
}

type Change = (bytes: Buffer) => void;

function changed(header: string | null, change: Change | undefined): string {
  const bytes = bytesOf(header);
  change?.(bytes);
  return `Negotiate ${bytes.toString('base64')}`;
}

export function securityOf(leg: ServerLeg): MessageSecurity {
  if (leg.outcome !== 'accepted' || leg.security === null) throw new Error('no security');
  return leg.security;
}
