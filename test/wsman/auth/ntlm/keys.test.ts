import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Rc4 } from '../../../../src/wsman/auth/rc4.js';
import { flag } from '../../../../src/wsman/auth/ntlm/flags.js';
import {
  lmv2Response,
  ntHash,
  ntProof,
  responseKey,
  sealKey,
  sessionBaseKey,
  signKey,
} from '../../../../src/wsman/auth/ntlm/keys.js';
import {
  clientChallenge,
  domain,
  hex,
  password,
  randomSessionKey,
  serverChallenge,
  temp,
  user,
} from './published.js';

const key = responseKey({ ntHash: ntHash(password), user, domain });
const proof = ntProof(key, serverChallenge, temp);

describe('wsman/auth/ntlm/keys', () => {
  it('makes the published values of NTLMv2 (MS-NLMP 4.2.4)', () => {
    expect(ntHash(password).toString('hex')).to.equal('a4f49c406510bdcab6824ee7c30fd852');
    expect(key.toString('hex')).to.equal('0c868a403bfd7a93a3001ef22ef02e3f');
    expect(proof.toString('hex')).to.equal('68cd0ab851e51c96aabc927bebef6a1c');
    expect(lmv2Response(key, serverChallenge, clientChallenge).toString('hex')).to.equal(
      '86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa',
    );
  });

  it('makes the published session keys', () => {
    const base = sessionBaseKey(key, proof);
    expect(base.toString('hex')).to.equal('8de40ccadbc14a82f15cb0ad0de95ca3');
    expect(new Rc4(base).apply(randomSessionKey).toString('hex')).to.equal(
      'c5dad2544fc9799094ce1ce90bc9d03e',
    );
  });

  it('makes the published keys of the client, and those of the server', () => {
    const flags = flag.key128;
    expect(sealKey(randomSessionKey, 'client-to-server', flags).toString('hex')).to.equal(
      '59f600973cc4960a25480a7c196e4c58',
    );
    expect(signKey(randomSessionKey, 'client-to-server').toString('hex')).to.equal(
      '4788dc861b4782f35d43fd98fe1a2d39',
    );
    expect(sealKey(randomSessionKey, 'server-to-client', flags).toString('hex')).to.equal(
      '9355f3a957c1583d25c4c2f11e40390e',
    );
    expect(signKey(randomSessionKey, 'server-to-client').toString('hex')).to.equal(
      'd04d6f10741041d1d246d64188d7a8ad',
    );
  });

  it('cuts the sealing key to what was agreed on (56 bits: MS-NLMP 4.2.3.4)', () => {
    const session = hex('eb93429a8bd952f8b89c55b87f475edc');
    const sealing = (flags: number): string => sealKey(session, 'client-to-server', flags).toString('hex');
    expect(sealing(flag.key56)).to.equal('04dd7f014d8504d265a25cc86a3a7c06');
    expect(signKey(session, 'client-to-server').toString('hex')).to.equal('60e799be5c72fc92922ae8ebe961fb8d');
    expect(sealing(0)).not.to.be.oneOf([sealing(flag.key56), sealing(flag.key128)]);
    const sameFiveBytes = Buffer.concat([session.subarray(0, 5), Buffer.alloc(11)]);
    expect(sealKey(sameFiveBytes, 'client-to-server', 0).toString('hex')).to.equal(sealing(0));
  });

  it('takes the user in any case, and the domain as it is written', () => {
    const of = (user: string, domain: string): string =>
      responseKey({ ntHash: ntHash(password), user, domain }).toString('hex');
    expect(of('uSER', 'Domain')).to.equal(of('USER', 'Domain'));
    expect(of('User', 'DOMAIN')).not.to.equal(of('User', 'Domain'));
  });
});
