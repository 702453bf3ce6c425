// A client inside SPNEGO, made by hand around our own NTLM client, as pypsrp and others do it.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ntlmClient } from '../../../../src/wsman/auth/ntlm-client.js';
import type { NtlmSealing } from '../../../../src/wsman/auth/ntlm/sealing.js';
import type { ClientHandshake, ServerHandshake, ServerLeg } from '../../../../src/wsman/auth/scheme.js';
import { mechanism } from '../../../../src/wsman/auth/spnego/mechanisms.js';
import { encodeMechTypeList, encodeNegTokenInit } from '../../../../src/wsman/auth/spnego/neg-token-init.js';
import {
  decodeNegTokenResp,
  encodeNegTokenResp,
  type NegTokenResp,
} from '../../../../src/wsman/auth/spnego/neg-token-resp.js';
import { assertHardened } from '../hostile.js';
import { bytesOf, challengeOf, password, plainHttp, rig, securityOf } from '../ntlm-rig.js';

const ntlm = [mechanism.ntlm];
const kerberosFirst = [mechanism.msKerberos, mechanism.kerberos, mechanism.ntlm];
const body = Buffer.from('<s:Envelope/>');

const begin = (secret = password): ClientHandshake =>
  ntlmClient({ user: 'Administrator', password: secret }).begin(plainHttp);

const send = (server: ServerHandshake, token: Buffer): Promise<ServerLeg> =>
  server.leg(token.toString('base64'));

const init = async (client: ClientHandshake, mechTypes = ntlm): Promise<Buffer> =>
  encodeNegTokenInit({ mechTypes, mechToken: bytesOf(await client.first()) });

const read = (header: string): NegTokenResp => decodeNegTokenResp(bytesOf(header));

/** NTLM's type 3 to the challenge in this answer. */
async function answer(client: ClientHandshake, leg: ServerLeg): Promise<Buffer> {
  const { responseToken } = read(challengeOf(leg));
  return bytesOf(await client.next([`Negotiate ${responseToken!.toString('base64')}`]));
}

const sealingOf = async (client: ClientHandshake): Promise<NtlmSealing> =>
  (await client.accepted([])) as NtlmSealing;

function mutualOf(leg: ServerLeg): NegTokenResp {
  if (leg.outcome !== 'accepted' || leg.mutual === undefined) throw new Error(`the leg was ${leg.outcome}`);
  return read(leg.mutual);
}

describe('wsman/auth/spnego/acceptor', () => {
  it('answers an optimistic NTLM token with the challenge', async () => {
    const leg = await send(rig(plainHttp).server, await init(begin()));
    const token = read(challengeOf(leg));
    expect(token).to.deep.include({
      state: 'accept-incomplete',
      supportedMech: mechanism.ntlm,
      mechListMic: null,
    });
    expect(token.responseToken!.toString('latin1', 0, 7)).to.equal('NTLMSSP');
  });

  it('lets in without signatures; the first sealed message has number 0', async () => {
    const client = begin();
    const { server } = rig(plainHttp);
    const responseToken = await answer(client, await send(server, await init(client)));
    const leg = await send(server, encodeNegTokenResp({ responseToken }));
    expect(leg).to.deep.include({ outcome: 'accepted', user: 'Administrator' });
    expect(mutualOf(leg)).to.deep.equal({
      state: 'accept-completed',
      supportedMech: null,
      responseToken: null,
      mechListMic: null,
    });
    const sealed = (await sealingOf(client)).seal(body);
    expect(sealed.header.readUInt32LE(12)).to.equal(0);
    expect(securityOf(leg).unseal(sealed)).to.deep.equal(body);
  });

  it('checks the signature of the list and signs it, after which messages have number 1', async () => {
    const client = begin();
    const { server } = rig(plainHttp);
    const responseToken = await answer(client, await send(server, await init(client)));
    const ours = await sealingOf(client);
    const list = encodeMechTypeList(ntlm);
    const mechListMic = ours.signMechanisms(list);
    const leg = await send(server, encodeNegTokenResp({ responseToken, mechListMic }));
    const mutual = mutualOf(leg);
    expect(mutual.state).to.equal('accept-completed');
    ours.checkMechanisms(list, mutual.mechListMic!);
    const theirs = securityOf(leg);
    const sealed = ours.seal(body);
    expect(sealed.header.readUInt32LE(12)).to.equal(1);
    expect(theirs.unseal(sealed)).to.deep.equal(body);
    expect(ours.unseal(theirs.seal(body))).to.deep.equal(body);
  });

  it('asks a client that would rather have Kerberos for NTLM, and for a signature', async () => {
    const client = begin();
    const { server } = rig(plainHttp);
    const kerberosToken = Buffer.from('a ticket');
    const first = encodeNegTokenInit({ mechTypes: kerberosFirst, mechToken: kerberosToken });
    expect(read(challengeOf(await send(server, first)))).to.deep.equal({
      state: 'request-mic',
      supportedMech: mechanism.ntlm,
      responseToken: null,
      mechListMic: null,
    });
    const second = encodeNegTokenResp({ responseToken: bytesOf(await client.first()) });
    const leg = await send(server, second);
    expect(read(challengeOf(leg))).to.include({ state: 'accept-incomplete', supportedMech: null });
    const responseToken = await answer(client, leg);
    const mechListMic = (await sealingOf(client)).signMechanisms(encodeMechTypeList(kerberosFirst));
    expect(await send(server, encodeNegTokenResp({ responseToken, mechListMic }))).to.deep.include({
      outcome: 'accepted',
    });
  });

  it('asks for the token of a client that sent none', async () => {
    const leg = await send(rig(plainHttp).server, encodeNegTokenInit({ mechTypes: ntlm, mechToken: null }));
    expect(read(challengeOf(leg))).to.include({ state: 'accept-incomplete', responseToken: null });
  });

  it('begins again with each offer', async () => {
    const client = begin();
    const { server } = rig(plainHttp);
    await send(server, await init(begin()));
    const responseToken = await answer(client, await send(server, await init(client)));
    expect(await send(server, encodeNegTokenResp({ responseToken }))).to.deep.include({
      outcome: 'accepted',
    });
  });

  describe('refuses', () => {
    it('a signature of another list: someone changed the offer', async () => {
      const client = begin();
      const { server, reasons } = rig(plainHttp);
      const responseToken = await answer(client, await send(server, await init(client)));
      const mechListMic = (await sealingOf(client)).signMechanisms(encodeMechTypeList(kerberosFirst));
      const leg = await send(server, encodeNegTokenResp({ responseToken, mechListMic }));
      expect(leg).to.deep.equal({ outcome: 'refused' });
      expect(reasons).to.deep.equal(['a message with a wrong signature']);
    });

    it('no signature where Kerberos was taken out of the way', async () => {
      const client = begin();
      const { server, reasons } = rig(plainHttp);
      await send(server, encodeNegTokenInit({ mechTypes: kerberosFirst, mechToken: null }));
      const second = encodeNegTokenResp({ responseToken: bytesOf(await client.first()) });
      const responseToken = await answer(client, await send(server, second));
      expect(await send(server, encodeNegTokenResp({ responseToken }))).to.deep.equal({ outcome: 'refused' });
      expect(reasons).to.deep.equal(['a SPNEGO offer that is not signed']);
    });

    it('an offer without NTLM', async () => {
      const token = encodeNegTokenInit({
        mechTypes: [mechanism.kerberos],
        mechToken: Buffer.from('a ticket'),
      });
      expect(await send(rig(plainHttp).server, token)).to.deep.equal({ outcome: 'refused' });
    });

    it('a wrong password', async () => {
      const client = begin('other');
      const { server } = rig(plainHttp);
      const responseToken = await answer(client, await send(server, await init(client)));
      expect(await send(server, encodeNegTokenResp({ responseToken }))).to.deep.equal({ outcome: 'refused' });
    });

    it('an answer without an offer, and one without a message', async () => {
      const { server } = rig(plainHttp);
      const answerAlone = encodeNegTokenResp({ responseToken: bytesOf(await begin().first()) });
      expect(await send(server, answerAlone)).to.deep.equal({ outcome: 'refused' });
      await send(server, await init(begin()));
      expect(await send(server, encodeNegTokenResp({}))).to.deep.equal({ outcome: 'refused' });
    });

    it('to change between NTLM inside SPNEGO and NTLM as it is', async () => {
      const inside = begin();
      const one = rig(plainHttp).server;
      const bare = await answer(inside, await send(one, await init(inside)));
      expect(await send(one, bare)).to.deep.equal({ outcome: 'refused' });
      const outside = begin();
      const other = rig(plainHttp).server;
      const leg = await send(other, bytesOf(await outside.first()));
      const responseToken = bytesOf(await outside.next([challengeOf(leg)]));
      expect(await send(other, encodeNegTokenResp({ responseToken }))).to.deep.equal({ outcome: 'refused' });
    });
  });

  it('stands hostile tokens', async () => {
    const pending: Promise<unknown>[] = [];
    const first = await init(begin(), kerberosFirst);
    assertHardened((bytes) => pending.push(send(rig(plainHttp).server, bytes)), first);
    const second = encodeNegTokenResp({
      responseToken: bytesOf(await begin().first()),
      mechListMic: Buffer.alloc(16),
    });
    assertHardened((bytes) => {
      const { server } = rig(plainHttp);
      pending.push(send(server, first).then(() => send(server, bytes)));
    }, second);
    await Promise.all(pending);
  });
});
