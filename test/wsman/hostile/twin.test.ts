// The modelled machine at the wire's other end: hostile requests that reach its handler, over both of its listeners.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { startTwin, type RunningTwin } from '../../../src/twin/start-twin.js';
import { actions, methodAction } from '../../../src/wsman/actions.js';
import { encodeEnumerate } from '../../../src/wsman/envelope/enumeration.js';
import { decodeFault } from '../../../src/wsman/envelope/fault.js';
import { encodeInvoke } from '../../../src/wsman/envelope/invoke.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { connect } from '../../../src/wsman/index.js';
import { classUri, cmdShellResource } from '../../../src/wsman/namespaces.js';
import { packageRoot } from '../../twin/rig.js';
import { requestText } from '../server/machine.js';
import { logIn, open, post, rawClient, sealedPost, type RawClient } from './raw-client.js';

const registry = classUri('root/default', 'StdRegProv');
const query = (wql: string): string =>
  requestText({ action: actions.enumerate }, encodeEnumerate({ optimize: true, maxElements: 10, wql }));
const call = (method: string, input: Record<string, string>): string =>
  requestText(
    { action: methodAction(registry, method), resourceUri: registry },
    encodeInvoke(registry, method, input),
  );

const requests: Record<string, string> = {
  'a query without end': query(`select ${'a,'.repeat(100_000)}a from Win32_Service`),
  'a query nested 10,000 deep': query(`select * from Win32_Service where ${'('.repeat(10_000)}`),
  'a query of "not"': query(`select * from Win32_Service where ${'not '.repeat(3000)} Name = 'x'`),
  'a class of every object': query('select * from __proto__'),
  'a column of every object': query('select __proto__,constructor from Win32_Service where toString = 1'),
  'a pattern that matches slowly': query(
    `select * from Win32_Service where Name like '${'%a'.repeat(2000)}'`,
  ),
  'a pattern of sets without end': query(
    `select * from Win32_Service where Name like '${'['.repeat(16_000)}'`,
  ),
  'a method of every object': call('constructor', {}),
  'a hive of every object': call('EnumKey', { hDefKey: '__proto__', sSubKeyName: '__proto__' }),
  'a hive beyond counting': call('EnumKey', { hDefKey: '9'.repeat(400), sSubKeyName: 'SOFTWARE' }),
  'a key of 400,000 characters': call('EnumKey', {
    hDefKey: '2147483650',
    sSubKeyName: '\\a'.repeat(200_000),
  }),
  'a shell of every object': requestText({
    ...{ action: actions.delete, resourceUri: cmdShellResource },
    selectors: { ShellId: 'constructor' },
  }),
  'a namespace of every object': requestText({
    ...{ action: actions.get, resourceUri: classUri('__proto__', 'constructor') },
    selectors: { Name: '__proto__' },
  }),
};

describe('wsman: a hostile client and the twin', () => {
  let folder: string;
  let twin: RunningTwin;
  let client: RawClient;
  let password: string;
  const defects: unknown[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-hostile-'));
    twin = await startTwin({
      ...{
        packageRoot,
        os: '2012R2',
        stateFile: null,
        imageFile: null,
        answerFolder: null,
        mediaFolder: null,
      },
      ...{ httpsPort: 0, httpPort: 0, clientCaFile: null, as: null, traceFile: null, password: undefined },
      onDefect: (error) => defects.push(error),
    });
    password = await readFile(twin.ready.passwordFile!, 'utf8');
  });
  after(async () => {
    twin.switchOff();
    await twin.ended;
    await rm(folder, { recursive: true });
  });

  for (const [what, text] of Object.entries(requests)) {
    it(`${what} is answered`, async () => {
      client = await rawClient({ port: twin.ready.httpPort });
      const security = await logIn(client, { user: 'Administrator', password });
      client.send(sealedPost(security, text));
      const reply = await client.reply();
      // What is larger than an envelope may be is refused before it is opened.
      if (reply?.status === 413) return;
      expect(reply?.status).to.be.oneOf([200, 500]);
      const { body } = readSoap(open(security, reply));
      if (reply?.status === 500) expect(decodeFault(body)?.code).to.be.a('number');
      expect(defects).to.deep.equal([]);
    });
  }

  it('nobody is let in without a password, whatever is asked', async () => {
    for (const text of Object.values(requests)) {
      const stranger = await rawClient({ port: twin.ready.httpPort });
      expect(await stranger.ask(post(text, { WSMANIDENTIFY: 'unauthenticated' }))).to.be.oneOf([401, 413]);
    }
  });

  it('and it still answers who asks as one should', async () => {
    const honest = connect({
      ...{ host: '127.0.0.1', port: twin.ready.httpPort, scheme: 'http' },
      auth: { method: 'ntlm', user: 'Administrator', password },
    });
    const wql = 'select LastBootUpTime from Win32_OperatingSystem';
    expect(await honest.enumerate({ namespace: 'root/cimv2', wql })).to.have.length(1);
    honest.close();
    expect(defects).to.deep.equal([]);
  });
});
