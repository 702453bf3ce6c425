import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { fail } from '../../src/errors/index.js';
import { CredentialGuard } from '../../src/verify/index.js';

const refusal = fail('E_WSMAN_UNAUTHORIZED', { host: 'fe01', user: 'x', scheme: 'ntlm', offers: [] });

describe('CredentialGuard', () => {
  let guard: CredentialGuard;
  let entered: string[];
  beforeEach(() => {
    guard = new CredentialGuard();
    entered = [];
  });

  async function enter(name: string): Promise<void> {
    const refused = await guard.enter();
    entered.push(refused === null ? name : `${name} refused`);
  }
  /** Lets everything go on that can. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('lets one host in, and no other until it is known how that went', async () => {
    void enter('a');
    void enter('b');
    void enter('c');
    await settle();

    expect(entered).to.deep.equal(['a']);
  });

  it('lets all in once one has accepted', async () => {
    void enter('a');
    void enter('b');
    void enter('c');
    await settle();
    guard.accept();
    await settle();

    expect(entered).to.deep.equal(['a', 'b', 'c']);
  });

  it('lets none in after a refusal, those that wait and those that come', async () => {
    void enter('a');
    void enter('b');
    await settle();
    guard.refuse(refusal);
    guard.leave();
    await enter('c');
    await settle();

    expect(entered).to.have.members(['a', 'b refused', 'c refused']);
  });

  it('lets the next one try where the first proved nothing, and still no other', async () => {
    void enter('a');
    void enter('b');
    void enter('c');
    await settle();
    guard.leave();
    await settle();

    expect(entered).to.deep.equal(['a', 'b']);
  });

  it('ends the use of a credential that one host accepted and another refuses', async () => {
    await enter('a');
    guard.accept();
    await enter('b');
    guard.refuse(refusal);
    guard.leave();
    await enter('c');

    expect(entered).to.deep.equal(['a', 'b', 'c refused']);
  });
});
