// What proves and seals: NTLM, SPNEGO, DER, sealed bodies. Beside "read or refused" there is a law: nobody comes in, and
// nothing is opened, by anything but the genuine bytes.
import { basicServer } from '../../../src/wsman/auth/basic.js';
import { channelBindingHash } from '../../../src/wsman/auth/channel-binding.js';
import { der, DerReader, oid, tag } from '../../../src/wsman/auth/der.js';
import { negotiateToken } from '../../../src/wsman/auth/negotiate-token.js';
import { ntlmClient } from '../../../src/wsman/auth/ntlm-client.js';
import { ntHash, ntlmServer } from '../../../src/wsman/auth/ntlm-server.js';
import { decodeAuthenticateMessage } from '../../../src/wsman/auth/ntlm/authenticate-message.js';
import { avFlags, decodeAvPairs, encodeAvPairs } from '../../../src/wsman/auth/ntlm/av-pairs.js';
import { decodeChallengeMessage } from '../../../src/wsman/auth/ntlm/challenge-message.js';
import { decodeNegotiateMessage } from '../../../src/wsman/auth/ntlm/negotiate-message.js';
import { decodeNtlmv2Response } from '../../../src/wsman/auth/ntlm/ntlmv2-response.js';
import { createSealing } from '../../../src/wsman/auth/ntlm/sealing.js';
import { SecurityError, type ServerHandshake } from '../../../src/wsman/auth/scheme.js';
import { mechanism } from '../../../src/wsman/auth/spnego/mechanisms.js';
import { decodeNegTokenInit, encodeNegTokenInit } from '../../../src/wsman/auth/spnego/neg-token-init.js';
import { decodeNegTokenResp, encodeNegTokenResp } from '../../../src/wsman/auth/spnego/neg-token-resp.js';
import { decodeSealedBody, encodeSealedBody } from '../../../src/wsman/sealed-body.js';
import type { Target } from '../target.js';

const isRefusal = (error: unknown): boolean => error instanceof SecurityError;
const plainHttp = { secure: false, host: 'host', serverCertificate: null };
const credentials = { user: 'Administrator', password: 'Pässwörd 1' };
const random = (size: number): Buffer => Buffer.alloc(size, 0x5a);
const now = (): number => 1_700_000_000_000;
const bytesOf = (header: string): Buffer => Buffer.from(header.split(' ')[1] ?? '', 'base64');
const headerOf = (bytes: Buffer): string => `Negotiate ${bytes.toString('base64')}`;
const words = [
  'NTLMSSP\0',
  '\x01\0\0\0',
  '\x02\0\0\0',
  '\x03\0\0\0',
  '\x06\0\x04\0\x02\0\0\0',
  '\0\0\0\0',
].map((word) => Buffer.from(word, 'latin1'));

function makeServer(): ServerHandshake {
  return ntlmServer({
    ...{ computerName: 'TWIN', version: [6, 3, 9600], random, now },
    ntHashOf: () => ntHash(credentials.password),
  }).begin(plainHttp);
}

/** The three messages of one honest login. */
async function login(): Promise<{ negotiate: Buffer; challenge: Buffer; authenticate: Buffer }> {
  const client = ntlmClient(credentials, { random, now }).begin(plainHttp);
  const negotiate = bytesOf(await client.first());
  const leg = await makeServer().leg(negotiate.toString('base64'));
  const challenge = bytesOf(leg.outcome === 'challenged' ? leg.challenge : '');
  const authenticate = bytesOf((await client.next([headerOf(challenge)])) ?? '');
  return { negotiate, challenge, authenticate };
}

async function message(
  kind: keyof Awaited<ReturnType<typeof login>>,
  run: (input: Buffer) => unknown,
): Promise<Target> {
  return { seeds: [(await login())[kind]], words, isRefusal, run };
}

export const ntlmNegotiate = (): Promise<Target> => message('negotiate', decodeNegotiateMessage);
export const ntlmChallenge = (): Promise<Target> => message('challenge', decodeChallengeMessage);
export const ntlmAuthenticate = (): Promise<Target> =>
  message('authenticate', (input) => {
    const { ntResponse } = decodeAuthenticateMessage(input);
    return ntResponse.length === 0 ? null : decodeNtlmv2Response(ntResponse);
  });

export function ntlmAttributes(): Target {
  const seeds = [
    encodeAvPairs([
      { id: 1, value: Buffer.from('TWIN', 'utf16le') },
      { id: 6, value: Buffer.from([2, 0, 0, 0]) },
      { id: 7, value: Buffer.alloc(8, 1) },
    ]),
  ];
  return {
    ...{ seeds, words, isRefusal },
    run: (input) => {
      const pairs = decodeAvPairs(input);
      avFlags(pairs);
      const again = encodeAvPairs(pairs);
      if (!again.subarray(0, -4).equals(input.subarray(0, again.length - 4))) {
        throw new Error('attributes that are not what they were read from');
      }
    },
  };
}

/** The client's answer to whatever a host sends: a proof or a refusal. */
export async function ntlmClientSide(): Promise<Target> {
  const scheme = ntlmClient(credentials, { random, now });
  return message('challenge', async (input) => {
    await scheme.begin(plainHttp).next([headerOf(input)]);
  });
}

/** Nobody comes in by a message that is not the genuine one to the byte. */
export async function ntlmServerSide(): Promise<Target> {
  const { negotiate, authenticate } = await login();
  return message('authenticate', async (input) => {
    const server = makeServer();
    await server.leg(negotiate.toString('base64'));
    const { outcome } = await server.leg(input.toString('base64'));
    if (outcome === 'accepted' && !input.equals(authenticate)) throw new Error('somebody came in');
    if (outcome === 'refused' && input.equals(authenticate)) throw new Error('nobody came in');
  });
}

export async function spnego(): Promise<Target> {
  const { negotiate, authenticate } = await login();
  const seeds = [
    encodeNegTokenInit({ mechTypes: [mechanism.ntlm], mechToken: negotiate }),
    encodeNegTokenInit({ mechTypes: [mechanism.kerberos, mechanism.ntlm], mechToken: Buffer.alloc(40, 1) }),
    encodeNegTokenResp({
      state: 'accept-incomplete',
      supportedMech: mechanism.ntlm,
      responseToken: authenticate,
    }),
    encodeNegTokenResp({ mechListMic: Buffer.alloc(16, 1) }),
  ];
  const derWords = ['30', '3080', '3084ffffffff', '3083ffffff', '0400', 'a000', '0a0103', '1f'].map((hex) =>
    Buffer.from(hex, 'hex'),
  );
  return {
    ...{ seeds, isRefusal },
    words: [
      ...derWords,
      Buffer.from(mechanism.ntlm, 'hex'),
      Buffer.from(mechanism.kerberos, 'hex'),
      ...words,
    ],
    run: async (input) => {
      const server = makeServer();
      for (let leg = 1; leg <= 2; leg++) {
        const { outcome } = await server.leg(input.toString('base64'));
        if (outcome === 'accepted') throw new Error('somebody came in');
      }
      orRefused(() => decodeNegTokenInit(input));
      orRefused(() => decodeNegTokenResp(input));
    },
  };
}

function orRefused(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

/** Of ECDSA with SHA-384, made by `openssl req -x509` for CN=host; its key is gone. */
const ecdsa = [
  'MIIBczCCARmgAwIBAgIUE1yCHg3wNbWU+sttC3w2dYKfGycwCgYIKoZIzj0EAwMwDzENMAsGA1UEAwwEaG9zdDAeFw0yNjExMjcw',
  'NTIxNDJaFw0zNjExMjQwNTIxNDJaMA8xDTALBgNVBAMMBGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR0I6uOohNHoJ0O',
  'AC6NvPYQ5xpTH9N2K/WzhznHUNWG9Zh7oll4wmBjvBfnj1wN8ynetj6RpplcoWrGNeqNUe3co1MwUTAdBgNVHQ4EFgQUrmUlCij5',
  '68Qg4CRokENkkN0bEWAwHwYDVR0jBBgwFoAUrmUlCij568Qg4CRokENkkN0bEWAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD',
  'AwNIADBFAiA7ogvi8rpNRNjS9OFBAkpxOmQuI07n5k/iCMCE7vEWoQIhAIrHAvbwaawrvIY51DbJbo5e9MWUfSxXeCUZhi3ZNDoo',
].join('');

/** The outside of a certificate: which hash signs it. And DER as such, as deep as it goes. */
export function certificate(): Target {
  const algorithm = (name: string, ...rest: Buffer[]): Buffer =>
    der(tag.sequence, der(tag.oid, Buffer.from(oid(name), 'hex')), ...rest);
  const pss = algorithm(
    '1.2.840.113549.1.1.10',
    der(tag.sequence, der(tag.context(0), algorithm('2.16.840.1.101.3.4.2.3'))),
  );
  return {
    seeds: [
      Buffer.from(ecdsa, 'base64'),
      ...[pss, algorithm('1.3.101.112')].map((one) => der(tag.sequence, der(tag.sequence), one)),
    ],
    ...{
      words: ['30', '3080', '3083ffffff', '0600', 'a000', 'ff'].map((hex) => Buffer.from(hex, 'hex')),
      isRefusal,
    },
    run: (input) => {
      orRefused(() => channelBindingHash(input));
      readAll(input, 0);
    },
  };
}

function readAll(bytes: Buffer, depth: number): void {
  const reader = new DerReader(bytes);
  while (!reader.done) {
    const element = reader.next();
    if (element.content.length >= element.whole.length) throw new Error('an element larger than itself');
    if ((element.tag & 0x20) !== 0 && depth < 50)
      orRefused(() => {
        readAll(element.content, depth + 1);
      });
  }
}

/** A content type, a line end, and the body. */
export function sealedBody(): Target {
  const protocol = 'application/HTTP-SPNEGO-session-encrypted';
  const seeds = ['', 'x', '--Encrypted Boundary\r\n'].map((sealed) => {
    const parts = { header: Buffer.alloc(16, 1), sealed: Buffer.from(sealed) };
    const { contentType, bytes } = encodeSealedBody(parts, { protocol, plainLength: sealed.length });
    return Buffer.concat([Buffer.from(`${contentType}\n`), bytes]);
  });
  return {
    ...{ seeds, isRefusal },
    words: [
      ...[
        '--Encrypted Boundary',
        '--Encrypted Boundary--\r\n',
        '-- Encrypted Boundary\r\n',
        '\r\n\t',
        ';Length=999999',
      ],
      ...['multipart/encrypted;', 'protocol=', '"', '\0\0\0\0', '\xff\xff\xff\xff', '\x10\0\0\0'],
    ].map((word) => Buffer.from(word, 'latin1')),
    run: (input) => {
      const line = input.indexOf('\n');
      const contentType = input.toString('latin1', 0, Math.max(0, line));
      const body = input.subarray(line + 1);
      const { message: parts, plainLength } = decodeSealedBody(contentType, body);
      if (parts.header.length + parts.sealed.length > body.length) throw new Error('more than there is');
      if (plainLength > parts.sealed.length) throw new Error('a length that cannot be');
    },
  };
}

/** Nothing is opened but what was sealed. */
export function sealing(): Target {
  const keys = { sessionKey: random(16), flags: 0xe2888235 };
  const plain = Buffer.from('<s:Envelope/>'.repeat(10));
  const { header, sealed } = createSealing({ side: 'client', ...keys }).seal(plain);
  const genuine = Buffer.concat([header, sealed]);
  return {
    ...{ seeds: [genuine], words, isRefusal },
    run: (input) => {
      const message = { header: input.subarray(0, 16), sealed: input.subarray(16) };
      createSealing({ side: 'server', ...keys }).unseal(message);
      if (!input.equals(genuine)) throw new Error('something else was opened');
    },
  };
}

/** Headers: WWW-Authenticate of hosts, Authorization of clients. */
export async function authorization(): Promise<Target> {
  const { challenge } = await login();
  const secret = Buffer.from('user:pass:word').toString('base64');
  return {
    seeds: [headerOf(challenge), `Basic ${secret}`, 'Negotiate, Basic realm="WSMAN"', secret].map((text) =>
      Buffer.from(text),
    ),
    ...{
      words: ['Negotiate ', ',', ' ', '\t', '=', '==', 'AAAA'].map((word) => Buffer.from(word)),
      isRefusal,
    },
    run: async (input) => {
      const text = input.toString('latin1');
      const door = basicServer(({ user, password }) => user === 'user' && password === 'pass:word').begin(
        plainHttp,
      );
      const { outcome } = await door.leg(text);
      const given = Buffer.from(text, 'base64').toString();
      if (outcome === 'accepted' && given !== 'user:pass:word') throw new Error('somebody came in');
      negotiateToken([text]);
      negotiateToken(text.split('\n'));
    },
  };
}
