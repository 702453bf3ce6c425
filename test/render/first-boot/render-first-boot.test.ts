import { expect } from 'chai';
import { describe, it } from 'mocha';
import { renderFirstBoot } from '../../../src/render/first-boot/index.js';
import {
  answerDisc,
  certificatePassword,
  disc,
  expectKeyed,
  fresh,
  kept,
  logOf,
  logOn,
  mediaDisc,
  password,
  request,
  run,
  startAgain,
  systems,
  thumbprint,
} from './scenario.js';

const layers = ['first', 'next'] as const;
const cases = systems.flatMap((os) => layers.map((layer) => ({ os, layer })));

describe('first boot', () => {
  for (const { os, layer } of cases) {
    describe(`on ${os}, ${layer} layer`, () => {
      const files = renderFirstBoot(request(os, layer));
      const guest = () => (layer === 'first' ? fresh(os, files) : kept(os, files));

      it('keys the guest, and opens nothing before it is safe', () => {
        expectKeyed(run(guest(), layer), { os, layer });
      });

      it('does nothing at a restart with the same disc but look at the drives', () => {
        const keyed = run(guest(), layer);

        const programs = startAgain(keyed).map((line) => line.split(' ')[0]);
        expect(programs.filter((name) => !['mode', 'vol', 'find'].includes(name ?? ''))).to.deep.equal([]);
        expect(logOf(keyed)).to.match(/this key is here already: nothing to do\r\n$/);
        expectKeyed(keyed, { os, layer });
      });

      it('writes each step with its exit code, on the guest and to the serial port, and no secret anywhere', () => {
        const keyed = run(guest(), layer);

        const steps = [...(files.get('lyncimg/key.cmd') ?? '').matchAll(/call :done "([^"]+)"/g)];
        for (const [, title] of steps.filter(([, name]) => name !== 'restart')) {
          expect(logOf(keyed), title).to.match(new RegExp(`${title}: exit code -?\\d+\\r\\n`));
        }
        expect(keyed.serial?.join('')).to.contain('lyncimg ready: HTTPS listener');
        expect(keyed.serial?.length).to.be.greaterThan(steps.length);
        for (const text of [logOf(keyed), ...(keyed.serial ?? [])]) {
          expect(text).not.to.contain(password).and.not.to.contain(certificatePassword);
        }
      });

      it('gets on without a serial port', () => {
        expectKeyed(run({ ...guest(), serial: null }, layer), { os, layer });
      });

      it('waits for a card that is not connected yet', () => {
        expectKeyed(run({ ...guest(), cardIn: 7 }, layer), { os, layer });
      });

      it('stops, and says where, when the card never is', () => {
        const alone = run({ ...guest(), cardIn: 100 }, layer);

        expect(logOf(alone)).to.match(/stopped at: connected network card\r\n$/);
        expect(alone.listeners.filter(({ transport }) => transport === 'HTTPS')).not.to.deep.include({
          thumbprint,
        });
      });

      it('leaves an address that is there as it is', () => {
        const there = guest();
        Object.assign(there.card, { address: '10.1.2.3', mask: '255.255.252.0', gateway: '10.1.2.1' });

        expectKeyed(run(there, layer), { os, layer });
      });

      it('takes no longer address for its own', () => {
        const other = guest();
        other.card.address = '10.1.2.30';

        expectKeyed(run(other, layer), { os, layer });
      });

      it('stops before a listener where a policy keeps the one over HTTP', () => {
        const stopped = run(
          {
            ...guest(),
            policyListener: true,
            listeners: [{ transport: 'HTTP', hostname: '', thumbprint: '' }],
          },
          layer,
        );

        expect(logOf(stopped)).to.match(/stopped at: no listener is left\r\n$/);
        expect(stopped.basic).to.equal(false);
      });

      it('stops where unencrypted messages are allowed', () => {
        const stopped = run({ ...guest(), allowUnencrypted: true }, layer);

        expect(logOf(stopped)).to.match(/stopped at: nothing unencrypted\r\n$/);
        expect(stopped.basic).to.equal(false);
      });

      it('stops where the certificate does not come in', () => {
        const stopped = guest();
        stopped.pfx.password = 'of another build';

        expect(logOf(run(stopped, layer))).to.match(
          /certificate: exit code -2147024810\r\n.*stopped at: certificate\r\n$/s,
        );
      });

      it('finds its discs whatever their letters are', () => {
        const letters = ['M:', 'Z:', 'D:', 'E:'];
        const moved = guest();
        moved.discs = moved.discs.map((one, index) => ({ ...one, letter: letters[index] ?? null }));

        expectKeyed(run(moved, layer), { os, layer });
      });

      it('takes the answer disc for the media where there is no other', () => {
        const one = guest();
        const answer = one.discs.find(({ label }) => label === 'LYNCIMG');
        for (const [path, text] of mediaDisc('X:').files) answer?.files.set(path, text);
        one.discs = one.discs.filter(({ label }) => label !== 'LYNCIMG_MEDIA');
        run(one, layer);

        expect(one.discs.find(({ letter }) => letter === 'M:')?.label).to.equal('LYNCIMG');
        expect(logOf(one)).to.contain('ready: HTTPS listener');
      });
    });
  }

  it('does the same again after a restart in any of its steps', () => {
    const files = renderFirstBoot(request('2008r2', 'first'));
    const whole = run(fresh('2008r2', files), 'first');

    expect(whole.restarts).to.equal(4);
    const starts = logOf(whole).match(/start: 2008r2, first layer/g);
    expect(starts).to.have.length(5);
  });

  it('restarts once for TLS 1.2 alone where nothing else asks for it', () => {
    const files = renderFirstBoot(request('2008r2', 'first', { packages: [], guestTools: null }));
    const guest = run(fresh('2008r2', files), 'first');

    expect(guest).to.include({ restarts: 1, tls12: true });
    expect(logOf(guest)).to.contain('ready: HTTPS listener');
  });

  it('takes over from the first logon once, and ends it although its disc has another letter by then', () => {
    const guest = fresh('2012r2', renderFirstBoot(request('2012r2', 'first')));
    const answer = guest.discs.find(({ label }) => label === 'LYNCIMG')!;
    guest.discs = guest.discs.filter(({ label }) => label !== 'LYNCIMG_MEDIA');

    expect(logOn(guest)).to.equal(0);
    expect(answer.letter).to.equal('M:');
    const before = guest.history.length;
    expect(logOn(guest)).to.equal(0);
    expect(guest.history.length).to.equal(before);
  });

  it('changes nothing at a start without an answer disc, and waits half a minute for one', () => {
    const guest = kept('2012r2', new Map(), { discs: [disc('SOMETHING', 'D:', new Map())], listeners: [] });
    run(guest, 'next');

    expect(guest).to.deep.include({ waits: 6, listeners: [], basic: false });
    expect(logOf(guest)).to.contain('boot: no answer disc, nothing to do');
  });

  it('takes the key of another disc in place of the one in force', () => {
    const guest = run(kept('2012', renderFirstBoot(request('2012', 'next'))), 'next');
    const other = { ...request('2012', 'next'), thumbprint: 'F'.repeat(40) };
    guest.discs = [mediaDisc('M:'), answerDisc(renderFirstBoot(other), 'E:')];
    guest.pfx.thumbprint = 'F'.repeat(40);
    // As un-keying leaves it.
    Object.assign(guest, { listeners: [], rules: [], basic: false, certificates: [] });
    run(guest, 'next');

    expect(guest.listeners.map((one) => one.thumbprint)).to.deep.equal(['F'.repeat(40)]);
  });

  it('leaves no second key behind where it was broken off after the import', () => {
    const guest = kept('2012r2', renderFirstBoot(request('2012r2', 'next')));
    guest.certificates = [{ thumbprint, commonName: 'lyncimg-guest' }];

    expectKeyed(run(guest, 'next'), { os: '2012r2', layer: 'next' });
  });
});

describe('the answer disc', () => {
  it('holds the scripts and the key; a later layer starts from the scripts of the first', () => {
    const names = (layer: 'first' | 'next') => [...renderFirstBoot(request('2012r2', layer)).keys()];

    expect(names('first')).to.deep.equal([
      'answer.json',
      'lyncimg/first-boot.cmd',
      'lyncimg/boot.cmd',
      'lyncimg/key.cmd',
      'lyncimg/password',
      'lyncimg/certificate-password',
      'lyncimg/thumbprint',
    ]);
    expect(names('next')).to.deep.equal(names('first').filter((name) => !/boot\.cmd$/.test(name)));
  });

  it('is what it is without the key in a copy to read', () => {
    const copy = renderFirstBoot(request('2012r2', 'first', { secrets: null, thumbprint: null }));
    const own = renderFirstBoot(request('2012r2', 'first'));

    expect([...copy.keys()].filter((name) => !name.endsWith('.cmd'))).to.deep.equal(['answer.json']);
    for (const [path, text] of copy) expect(text, path).to.equal(own.get(path));
  });

  it('says what it is to the twin', () => {
    const text = renderFirstBoot(request('2012', 'next')).get('answer.json') ?? '';

    expect(JSON.parse(text)).to.deep.equal({ label: 'LYNCIMG', format: 1 });
  });

  it('has scripts without a secret in them, in ASCII, with the line ends of cmd.exe', () => {
    for (const { os, layer } of cases) {
      for (const [path, text] of renderFirstBoot(request(os, layer))) {
        if (!path.endsWith('.cmd')) continue;
        expect(text, path).to.match(/^(?:[ -~]*\r\n)+$/);
        for (const secret of [password, certificatePassword, thumbprint]) expect(text).not.to.contain(secret);
      }
    }
  });
});
