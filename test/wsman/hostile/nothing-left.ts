// After each test of a hostile peer: no socket, no server and no timer of it is left in the process.
import { expect } from 'chai';
import { afterEach, beforeEach } from 'mocha';
import { closeEverything } from '../rig.js';

const kinds = ['TCPSocketWrap', 'TCPServerWrap', 'TLSWrap', 'ConnectWrap', 'Timeout'];

/** To be called inside a `describe`. */
export function leavesNothing(): void {
  let before: string[] = [];
  beforeEach(async () => {
    // mocha's own timer for a hook begins after the hook's first await.
    await Promise.resolve();
    before = handles();
  });
  afterEach(async () => {
    await closeEverything();
    // Sockets close in turns of the event loop, not in time.
    for (let turn = 0; turn < 2000 && handles().length > before.length; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(handles()).to.have.length.at.most(before.length, `left over: ${handles().join(', ')}`);
  });
}

function handles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind));
}
