import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { parseJump } from '../../src/ssh/index.js';
import { jumpName, knownHostsName, type JumpAddress } from '../../src/ssh/jump.js';

describe('parseJump', () => {
  const good: [string, JumpAddress][] = [
    ['admin@bastion', { user: 'admin', host: 'bastion', port: 22 }],
    ['admin@bastion.example.net:2222', { user: 'admin', host: 'bastion.example.net', port: 2222 }],
    ['admin@192.0.2.7', { user: 'admin', host: '192.0.2.7', port: 22 }],
    ['admin@[fd00::15]', { user: 'admin', host: 'fd00::15', port: 22 }],
    ['admin@[fd00::15]:2222', { user: 'admin', host: 'fd00::15', port: 2222 }],
    ['admin@corp.example@bastion', { user: 'admin@corp.example', host: 'bastion', port: 22 }],
    ['CORP\\admin@bastion', { user: 'CORP\\admin', host: 'bastion', port: 22 }],
  ];
  for (const [text, address] of good) {
    it(`reads ${text}`, () => {
      expect(parseJump(text)).to.deep.equal(address);
    });
  }

  const bad: [string, RegExp][] = [
    ['', /names no user/],
    ['bastion', /names no user/],
    ['@bastion', /names no user/],
    ['admin@', /names no host/],
    ['admin@:22', /names no host/],
    ['ad min@bastion', /blanks/],
    ['admin@fd00::15', /in brackets/],
    ['admin@[bastion]', /neither a name nor an IP/],
    ['admin@[fd00::15]22', /neither a name nor an IP/],
    ['admin@300.1.1.1', /neither a name nor an IP/],
    ['admin@-oProxyCommand=x', /neither a name nor an IP/],
    ['admin@bastion;reboot', /neither a name nor an IP/],
    ['ssh://admin@bastion', /like a URL/],
    ['admin@bastion:', /1 to 65535/],
    ['admin@bastion:0', /1 to 65535/],
    ['admin@bastion:65536', /1 to 65535/],
    ['admin@bastion:ssh', /1 to 65535/],
  ];
  for (const [text, reason] of bad) {
    it(`refuses '${text}'`, () => {
      try {
        parseJump(text);
        expect.fail('was taken');
      } catch (error) {
        expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_SSH_ADDRESS');
        expect((error as LyncimgError).exitCode).to.equal(2);
        expect((error as LyncimgError).message).to.match(reason);
      }
    });
  }
});

describe('the names of a bastion', () => {
  it('has the port in messages where it is not the usual one', () => {
    expect(jumpName({ user: 'a', host: 'b', port: 22 })).to.equal('a@b');
    expect(jumpName({ user: 'a', host: 'fd00::1', port: 23 })).to.equal('a@[fd00::1]:23');
  });

  it('is in lower case in known_hosts, in brackets with another port', () => {
    expect(knownHostsName('Bastion', 22)).to.equal('bastion');
    expect(knownHostsName('fd00::1', 2222)).to.equal('[fd00::1]:2222');
  });
});
