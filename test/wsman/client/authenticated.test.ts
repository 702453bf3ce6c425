// A connection on which the host knows who asks; what hosts do against it stands in test/wsman/hostile/.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ClientScheme } from '../../../src/wsman/auth/scheme.js';
import { Authenticated } from '../../../src/wsman/client/authenticated.js';
import type { Connection } from '../../../src/wsman/client/connection.js';
import { rejection } from '../rig.js';

/** A scheme that waits for somebody else than the host. */
const waiting: ClientScheme = {
  ...{ name: 'kerberos', word: 'Negotiate', holdsForConnection: true },
  begin: () => {
    const never = new Promise<never>(() => undefined);
    return { first: () => never, next: () => never, accepted: () => never };
  },
};

function line(): { authenticated: Authenticated; isOpen: () => boolean } {
  let isOpen = true;
  const connection: Connection = {
    facts: { secure: true, host: 'host', serverCertificate: null },
    get isOpen() {
      return isOpen;
    },
    post: () => Promise.reject(new Error('nothing is sent')),
    close: () => (isOpen = false),
  };
  const authenticated = new Authenticated({ connection, scheme: waiting, user: 'u', host: 'host:5986' });
  return { authenticated, isOpen: () => isOpen };
}

describe('wsman/client/authenticated', () => {
  it('does not wait longer for a ticket than for an answer', async () => {
    const { authenticated, isOpen } = line();
    const late = new Error('too late');
    const around = { doing: 'Identify', timeoutMs: 20, timeout: () => late };
    expect(await rejection(authenticated.handshake(around))).to.equal(late);
    expect(isOpen()).to.equal(false);
  });

  it('stops to wait for a ticket when it is told to', async () => {
    const { authenticated, isOpen } = line();
    const controller = new AbortController();
    const reason = new Error('enough');
    const around = { doing: 'Identify', timeoutMs: 60_000, timeout: () => new Error('too late') };
    const handshake = rejection(authenticated.handshake({ ...around, signal: controller.signal }));
    controller.abort(reason);
    expect(await handshake).to.equal(reason);
    expect(isOpen()).to.equal(false);
  });
});
