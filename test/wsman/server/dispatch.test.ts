// The messages between envelopes and handler, without HTTP: what our own client never asks for.
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { actions } from '../../../src/wsman/actions.js';
import { decodeProperties } from '../../../src/wsman/cim/decode.js';
import {
  decodePage,
  encodeEnumerate,
  encodePull,
  encodeRelease,
} from '../../../src/wsman/envelope/enumeration.js';
import { encodeInvoke } from '../../../src/wsman/envelope/invoke.js';
import { encodeSignal } from '../../../src/wsman/envelope/shell-command.js';
import { encodeSend } from '../../../src/wsman/envelope/shell-streams.js';
import { classUri, cmdShellResource } from '../../../src/wsman/namespaces.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import type { Markup } from '../../../src/wsman/xml/writer.js';
import { serviceInstance, toyHandler } from '../toy-handler.js';
import { machine, requestText } from './machine.js';

const query = (more: Partial<Parameters<typeof encodeEnumerate>[0]> = {}): Markup =>
  encodeEnumerate({ optimize: true, maxElements: 32000, wql: 'select * from Win32_Service', ...more });

describe('wsman/server/dispatch', () => {
  it('gives items by Pull only, when the client does not ask for more', async () => {
    const { body } = machine();
    const first = decodePage(await body({ action: actions.enumerate }, query({ optimize: false })));
    expect(first.items).to.deep.equal([]);
    const second = decodePage(
      await body({ action: actions.pull }, encodePull({ context: first.context!, maxElements: 2 })),
    );
    expect(second.items).to.have.length(2);
    expect(second.context).to.not.equal(first.context);
    const third = decodePage(
      await body({ action: actions.pull }, encodePull({ context: second.context!, maxElements: 2 })),
    );
    expect([third.items.length, third.context]).to.deep.equal([1, null]);
  });

  it('enumerates a class without a query', async () => {
    const { body } = machine();
    const resourceUri = classUri('root/cimv2', 'Win32_Service');
    const page = decodePage(await body({ action: actions.enumerate, resourceUri }, query({ wql: null })));
    expect(page.items).to.have.length(3);
  });

  it('cuts pages by the size that the client can take, or the host’s own', async () => {
    const instances = Array.from({ length: 40 }, (_, index) =>
      serviceInstance(`S${index}${'x'.repeat(200)}`),
    );
    const { body } = machine(toyHandler({ instances }), { maxEnvelopeBytes: 20_000 });
    const small = decodePage(await body({ action: actions.enumerate, maxEnvelopeBytes: 10_000 }, query()));
    const large = decodePage(await body({ action: actions.enumerate, maxEnvelopeBytes: 999_999 }, query()));
    expect(small.items.length).to.be.lessThan(large.items.length);
    expect(large.items.length).to.be.lessThan(40);
    expect(decodeProperties(large.items[0]!)['Started']).to.equal('true');
  });

  it('gives up an enumeration that takes longer than the client waits', async () => {
    const { fault, defects } = machine({ ...toyHandler(), enumerate: () => new Promise(() => undefined) });
    expect(await fault({ action: actions.enumerate, operationTimeoutMs: 1 }, query())).to.equal('w:TimedOut');
    expect(defects).to.deep.equal([]);
  });

  it('keeps no process alive for an enumeration that never ends', async () => {
    const { fault } = machine({ ...toyHandler(), enumerate: () => new Promise(() => undefined) });
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    // The test's own timer starts after its first turn.
    await turn();
    const before = timers();
    const late = fault({ action: actions.enumerate, operationTimeoutMs: 100 }, query());
    await turn();
    expect(timers()).to.equal(before);
    await late;
  });

  it('releases an enumeration, once', async () => {
    const { body, fault } = machine();
    const { context } = decodePage(await body({ action: actions.enumerate }, query({ maxElements: 1 })));
    await body({ action: actions.release }, encodeRelease(context!));
    expect(await fault({ action: actions.release }, encodeRelease(context!))).to.equal(
      'n:InvalidEnumerationContext',
    );
  });

  it('gets one instance by its keys', async () => {
    const { body, fault } = machine();
    const headers = { action: actions.get, resourceUri: classUri('root/cimv2', 'Win32_Service') };
    const [instance] = (await body({ ...headers, selectors: { Name: 'WinRM' } })).children;
    expect(decodeProperties(instance!)['Name']).to.equal('WinRM');
    expect(await fault({ ...headers, selectors: { Name: 'none' } })).to.equal('a:DestinationUnreachable');
    expect(await fault({ action: actions.get })).to.equal('w:InvalidResourceURI');
  });

  it('calls methods, whatever the case of the action', async () => {
    const resourceUri = classUri('root/cimv2', 'StdRegProv');
    const { body, fault } = machine();
    const input = encodeInvoke(resourceUri, 'EnumKey', { sSubKeyName: 'x' });
    const [output] = (await body({ resourceUri, action: `${resourceUri.toUpperCase()}/EnumKey` }, input))
      .children;
    expect(decodeProperties(output!)).to.deep.equal({ ReturnValue: '0', sNames: 'one' });
    expect(await fault({ resourceUri, action: `${resourceUri}/Nothing` })).to.equal('a:ActionNotSupported');
    expect(await fault({ resourceUri, action: 'urn:other/EnumKey' }, input)).to.equal('a:ActionNotSupported');
  });

  it('wants a query where the URI is one for queries, and only there', async () => {
    const { fault } = machine();
    expect(await fault({ action: actions.enumerate }, query({ wql: null }))).to.equal(
      'n:CannotProcessFilter',
    );
    const resourceUri = classUri('root/cimv2', 'Win32_Service');
    expect(await fault({ action: actions.enumerate, resourceUri }, query())).to.equal('w:InvalidResourceURI');
  });

  it('knows nothing of other resources and actions', async () => {
    const { fault } = machine();
    expect(await fault({ action: actions.get, resourceUri: 'urn:other' })).to.equal('w:InvalidResourceURI');
    const shell = { resourceUri: cmdShellResource };
    expect(await fault({ ...shell, action: actions.command })).to.equal('w:InvalidSelectors');
    expect(await fault({ ...shell, action: actions.get, selectors: { ShellId: 'x' } })).to.equal(
      'a:ActionNotSupported',
    );
  });

  it('keeps a defect of the handler to itself', async () => {
    const { fault, defects } = machine();
    expect(await fault({ action: actions.enumerate }, query({ wql: 'Defect' }))).to.equal('w:InternalError');
    expect(defects).to.have.length(1);
  });

  it('survives every request that is mangled: an answer or a fault, never a defect', async () => {
    const shell = { resourceUri: cmdShellResource, selectors: { ShellId: 'x' } };
    const whole = [
      requestText({ action: actions.enumerate }, query()),
      requestText({ action: actions.pull }, encodePull({ context: 'c', maxElements: 1 })),
      requestText(
        { ...shell, action: actions.send },
        encodeSend({ commandId: 'c', bytes: Buffer.from('x'), end: true }),
      ),
      requestText({ ...shell, action: actions.signal }, encodeSignal({ commandId: 'c', signal: 'ctrl_c' })),
    ];
    const cut = fc.record({ at: fc.nat(3000), length: fc.nat(60), insert: fc.string({ maxLength: 8 }) });
    const { answerText, defects } = machine();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), fc.array(cut, { maxLength: 3 }), async (text, cuts) => {
        let mangled = text;
        for (const { at, length, insert } of cuts) {
          mangled = mangled.slice(0, at) + insert + mangled.slice(at + length);
        }
        const status = await answerText(mangled).then(
          (answer) => answer.status,
          (error: unknown) => error,
        );
        expect(status === 200 || status === 500 || status instanceof XmlError).to.equal(true);
      }),
      { numRuns: 300 },
    );
    expect(defects).to.deep.equal([]);
  });
});
