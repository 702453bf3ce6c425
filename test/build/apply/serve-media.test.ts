import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { serveMedia, type MediaServer } from '../../../src/build/apply/serve-media.js';
import type { LyncimgError } from '../../../src/errors/index.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

interface Answer {
  status: number | undefined;
  length: string | undefined;
  body: string;
}

/** Without fetch, which tidies paths up before it sends them. */
async function ask(server: MediaServer, path: string, method = 'GET'): Promise<Answer> {
  const [host = '', port = ''] = server.at.split(':');
  const sent = request({ host, port, path, method, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const { statusCode: status, headers } = response;
  return { status, length: headers['content-length'], body: Buffer.concat(parts).toString('utf8') };
}

describe('the server of files for one machine', () => {
  const folder = temporaryFolder();
  let server: MediaServer;
  const path = (file: string): string => `/${server.secret}/${file}`;

  beforeEach(async () => {
    await writeFile(join(folder.path, 'a.msu'), 'content of a');
    await writeFile(join(folder.path, 'empty.msi'), '');
    await writeFile(join(folder.path, 'private.txt'), 'not for anybody');
    const files = new Map([
      ['hotfixes/a.msu', { path: join(folder.path, 'a.msu') }],
      ['hotfixes/gone.msu', { path: join(folder.path, 'gone.msu') }],
      ['packages/empty.msi', { path: join(folder.path, 'empty.msi') }],
      ['packages/a b#1.exe', { text: 'a placeholder' }],
    ]);
    server = await serveMedia({ files, address: '127.0.0.1', port: 0 });
  });
  afterEach(() => server.close());

  it('gives the files that were named, with their length, and their length alone to HEAD', async () => {
    expect(await ask(server, path('hotfixes/a.msu'))).to.deep.equal({
      ...{ status: 200, length: '12', body: 'content of a' },
    });
    expect(await ask(server, path('hotfixes/a.msu'), 'HEAD')).to.deep.equal({
      ...{ status: 200, length: '12', body: '' },
    });
    expect(await ask(server, path('packages/empty.msi'))).to.include({ status: 200, length: '0' });
  });

  it('takes a path with the escapes that its client writes', async () => {
    for (const spelled of ['packages/a%20b%231.exe', 'p%61ckages/a%20b%231.exe'])
      expect(await ask(server, path(spelled))).to.include({ status: 200, body: 'a placeholder' });
    expect(await ask(server, path('packages/a%20b%231.exe'), 'HEAD')).to.include({ length: '13', body: '' });
  });

  it('gives nothing else: no folder, nothing beside them, nothing without the secret part', async () => {
    const asked = [
      '/',
      `/${server.secret}`,
      path(''),
      path('hotfixes/'),
      path('hotfixes'),
      path('private.txt'),
      path('../private.txt'),
      path('hotfixes/../private.txt'),
      path('hotfixes/%2e%2e/private.txt'),
      path('hotfixes/a.msu?x'),
      path('HOTFIXES/a.msu'),
      path('%zz'),
      '/hotfixes/a.msu',
      `/${'0'.repeat(32)}/hotfixes/a.msu`,
      `//${server.secret}/hotfixes/a.msu`,
    ];
    for (const one of asked) expect(await ask(server, one), one).to.include({ status: 404, body: '' });
  });

  it('is only read from', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask(server, path('hotfixes/a.msu'), method)).status, method).to.equal(405);
  });

  it('outlives a file that has gone, and a client that speaks no HTTP', async () => {
    let failed = false;
    await ask(server, path('hotfixes/gone.msu')).catch(() => (failed = true));
    expect(failed).to.equal(true);
    const [host = '', port = ''] = server.at.split(':');
    const socket = connect({ host, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write('\u0000\u0001 nonsense\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(await ask(server, path('hotfixes/a.msu'))).to.include({ status: 200 });
  });

  it('has an address that nobody guesses, another one each time', async () => {
    expect(server.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
    const other = await serveMedia({ files: new Map(), address: '127.0.0.1', port: 0 });
    await other.close();
    expect(other.secret).not.to.equal(server.secret);
  });

  it('is gone when it is closed, whoever is still connected', async () => {
    const [host = '', port = ''] = server.at.split(':');
    const idle = connect({ host, port: Number(port) });
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    const [, answer] = await Promise.all([server.close(), closed]);
    expect(answer).to.be.an('array');
    const late = connect({ host, port: Number(port) });
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).to.equal('ECONNREFUSED');
    server = await serveMedia({ files: new Map(), address: '127.0.0.1', port: 0 });
  });

  for (const [what, address, reason] of [
    ['an address of another host', '192.0.2.1', 'it is no address of this host'],
    ['a port that is taken', '127.0.0.1', 'the port is taken'],
  ] as const) {
    it(`cannot be at ${what}`, async () => {
      const port = address === '127.0.0.1' ? Number(server.at.split(':')[1]) : 0;
      const caught = await serveMedia({ files: new Map(), address, port }).then(
        () => undefined,
        (error: unknown) => error as LyncimgError,
      );
      expect(caught).to.include({ code: 'E_APPLY_SERVE', exitCode: 3 });
      expect(caught!.message).to.contain(reason).and.to.contain('Nothing was changed');
      expect(caught!.suggestions.join()).to.contain('--serve-address');
    });
  }

  it('listens on IPv6, too', async () => {
    const six = await serveMedia({ files: new Map(), address: '::1', port: 0 });
    await six.close();
    expect(six.url).to.match(/^http:\/\/\[::1\]:\d+\//);
  });
});
