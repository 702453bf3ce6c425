import { expect } from 'chai';
import fc from 'fast-check';
import { createHmac, randomBytes } from 'node:crypto';
import { describe, it } from 'mocha';
import { hostKeyAlgorithms, judgeHostKey } from '../../src/ssh/host-key.js';
import { keyType, parseKnownHosts, type KnownHost } from '../../src/ssh/known-hosts.js';

/** A public key as on the wire: its type, and something that is its own. */
function publicKey(type: string, own: string | Buffer = 'a key'): Buffer {
  const fields = [Buffer.from(type), Buffer.from(own)];
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}

const ed25519 = publicKey('ssh-ed25519');
const otherEd25519 = publicKey('ssh-ed25519', 'another key');
const rsa = publicKey('ssh-rsa');

function entry(hosts: string, key: Buffer = ed25519): string {
  return `${hosts} ${keyType(key) ?? ''} ${key.toString('base64')} a comment`;
}

function parse(...lines: string[]): KnownHost[] {
  return parseKnownHosts(lines.join('\n'), 'known_hosts');
}

function hashed(name: string, salt = randomBytes(20)): string {
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

const verdict = (entries: KnownHost[], host: string, port = 22, key = ed25519): string =>
  judgeHostKey(entries, { host, port }, key).verdict;

describe('the hosts of a line of known_hosts', () => {
  const cases: [string, string, number, boolean][] = [
    ['bastion', 'bastion', 22, true],
    ['bastion', 'BASTION', 22, true],
    ['Bastion', 'bastion', 22, true],
    ['bastion', 'bastion2', 22, false],
    ['bastion,192.0.2.7', '192.0.2.7', 22, true],
    ['[bastion]:2222', 'bastion', 2222, true],
    ['[bastion]:2222', 'bastion', 22, false],
    ['[bastion]:2222', 'bastion', 2223, false],
    ['[fd00::15]:2222', 'fd00::15', 2222, true],
    ['*.example.net', 'bastion.example.net', 22, true],
    ['*.example.net', 'example.net', 22, false],
    ['b?stion', 'bastion', 22, true],
    ['b?stion', 'bstion', 22, false],
    ['*', 'anything', 22, true],
    ['*a*b*c', 'xaybzc', 22, true],
    ['*a*b*c', 'xaybz', 22, false],
    ['*.example.net,!bad.example.net', 'good.example.net', 22, true],
    ['*.example.net,!bad.example.net', 'bad.example.net', 22, false],
    ['!bad.example.net,*.example.net', 'bad.example.net', 22, false],
    ['!bad.example.net', 'good.example.net', 22, false],
    [hashed('bastion'), 'bastion', 22, true],
    [hashed('bastion'), 'Bastion', 22, true],
    [hashed('bastion'), 'other', 22, false],
    [hashed('[bastion]:2222'), 'bastion', 2222, true],
    [hashed('[bastion]:2222'), 'bastion', 22, false],
  ];
  for (const [hosts, host, port, fits] of cases) {
    it(`${hosts.startsWith('|') ? 'a hashed name' : hosts} ${fits ? 'is' : 'is not'} for ${host} at ${port}`, () => {
      expect(verdict(parse(entry(hosts)), host, port)).to.equal(fits ? 'known' : 'unknown');
    });
  }

  it('takes a key that is known at port 22 at another port, as ssh does', () => {
    expect(verdict(parse(entry('bastion')), 'bastion', 2222)).to.equal('known');
    expect(verdict(parse(entry('bastion', otherEd25519)), 'bastion', 2222)).to.equal('unknown');
  });
});

describe('known_hosts', () => {
  it('is read past comments, empty and broken lines, and knows where each entry stands', () => {
    const entries = parse(
      '# comment',
      '',
      'bastion',
      'bastion ssh-ed25519',
      'bastion ssh-ed25519 !!!!',
      `bastion ssh-rsa ${ed25519.toString('base64')}`,
      'bastion 2048 65537 1234567890',
      entry('@unheard bastion'),
      entry('|1|c2hvcnQ=|c2hvcnQ='),
      entry('|2|a|b'),
      entry(','),
      `  ${entry('bastion')}\r`,
    );

    expect(entries.map(({ file, line }) => ({ file, line }))).to.deep.equal([
      { file: 'known_hosts', line: 12 },
    ]);
  });

  it('tells a changed key from an unknown host, and where the other key stands', () => {
    const entries = parse(entry('other'), entry('bastion', otherEd25519));

    const judgement = judgeHostKey(entries, { host: 'bastion', port: 22 }, ed25519);

    expect(judgement).to.include({ verdict: 'changed', type: 'ssh-ed25519' });
    expect(judgement.entry?.line).to.equal(2);
  });

  it('takes any of several keys of the same type', () => {
    expect(verdict(parse(entry('bastion', otherEd25519), entry('bastion')), 'bastion')).to.equal('known');
  });

  it('names the other types of key that are known of a host', () => {
    const judgement = judgeHostKey(parse(entry('bastion', rsa)), { host: 'bastion', port: 22 }, ed25519);

    expect(judgement).to.deep.include({ verdict: 'unknown', otherTypes: ['ssh-rsa'] });
  });

  it('never takes a revoked key, wherever else it stands', () => {
    const entries = parse(entry('bastion'), entry('@revoked *'));

    expect(verdict(entries, 'bastion')).to.equal('revoked');
    expect(verdict(parse(entry('bastion'), entry('@revoked *', otherEd25519)), 'bastion')).to.equal('known');
  });

  it("takes an authority's key for no host's own", () => {
    const judgement = judgeHostKey(parse(entry('@cert-authority *')), { host: 'bastion', port: 22 }, ed25519);

    expect(judgement).to.include({ verdict: 'unknown', hasAuthority: true });
  });

  it('prints the fingerprint as ssh does', () => {
    const key = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl', 'base64');

    const { fingerprint } = judgeHostKey([], { host: 'github.com', port: 22 }, key);

    // github.com's own key and fingerprint, as its documentation publishes them.
    expect(fingerprint).to.equal('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
  });

  it('throws at no text, and knows a host by none of it', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '@revoked',
        '@cert-authority',
        'bastion',
        '|1|',
        '!',
        '*',
        ',',
        'ssh-rsa',
        '\n',
        ' ',
        '\t',
        '#',
      ),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const entries = parseKnownHosts(words.join(''), 'f');
        expect(verdict(entries, 'bastion')).to.be.oneOf(['unknown', 'changed']);
      }),
      { seed: 20, numRuns: 2000 },
    );
  });

  it('matches wildcards as a regular expression would', () => {
    const letter = fc.constantFrom('a', 'b', '*', '?');
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 1, maxLength: 12 }),
        fc.stringMatching(/^[ab]{1,12}$/),
        (pattern, name) => {
          const expression = pattern
            .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part))
            .join('');
          const fits = new RegExp(`^${expression}$`).test(name);
          expect(verdict(parse(entry(pattern.join(''))), name)).to.equal(fits ? 'known' : 'unknown');
        },
      ),
      { seed: 21, numRuns: 2000 },
    );
  });
});

describe('the host key that is asked for', () => {
  const first = (entries: KnownHost[], port = 22): string | undefined =>
    hostKeyAlgorithms(entries, { host: 'bastion', port })[0];

  it('is of a type that is known of the host', () => {
    expect(first([])).to.equal('ssh-ed25519');
    expect(first(parse(entry('bastion', rsa)))).to.equal('rsa-sha2-512');
    expect(first(parse(entry('other', rsa)))).to.equal('ssh-ed25519');
    expect(first(parse(entry('[bastion]:2222', rsa)), 2222)).to.equal('rsa-sha2-512');
    expect(first(parse(entry('bastion', publicKey('ecdsa-sha2-nistp384'))))).to.equal('ecdsa-sha2-nistp384');
  });

  it('is not of a type of which only a revoked key is known', () => {
    expect(first(parse(entry('@revoked bastion', rsa)))).to.equal('ssh-ed25519');
  });

  it('is never signed with SHA-1', () => {
    expect(hostKeyAlgorithms(parse(entry('bastion', rsa)), { host: 'bastion', port: 22 })).not.to.include(
      'ssh-rsa',
    );
  });
});
