import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { serveFiles, type FileServer } from '../../helpers/file-server.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

const dest = 'C:\\Windows\\Temp\\f.bin';
const sha256 = createHash('sha256').update('content').digest('hex');

describe('win_get_url', () => {
  let machine: ModelledMachine;
  let server: FileServer;
  beforeEach(async () => {
    machine = await modelledMachine();
    server = await serveFiles({
      '/f.bin': 'content',
      '/moved': 'redirect:/f.bin',
      '/away': 'redirect:http://192.0.2.1/f.bin',
      '/loop': 'redirect:/loop',
      '/sums': `${'0'.repeat(64)}  other.bin\n${sha256}  f.bin\n`,
    });
  });
  afterEach(async () => {
    await server.close();
  });
  const get = (path: string, args: JsonObject = {}, check = false): Promise<Answer> =>
    callModule(machine, 'ansible.windows.win_get_url', { url: server.url(path), dest, ...args }, { check });

  it('fetches, once', async () => {
    const { result: first } = await get('/f.bin');
    const { result: second } = await get('/f.bin');

    const sha1 = createHash('sha1').update('content').digest('hex');
    expect(first).to.include({
      changed: true,
      dest,
      status_code: 200,
      msg: 'OK',
      size: 7,
      checksum_src: sha1,
      checksum_dest: sha1,
    });
    expect(second).to.include({ changed: false, size: 7 });
    expect((await machine.readFile(dest))?.toString()).to.equal('content');
  });

  it('keeps a newer file when it is not forced', async () => {
    machine.writeFile(dest, Buffer.from('mine'));

    const { result } = await get('/f.bin', { force: false });

    expect(result).to.include({ changed: false, size: 4 });
  });

  it('follows a redirect, and names the file after the URL in a folder', async () => {
    expect((await get('/moved')).result).to.include({ changed: true, size: 7 });
    expect((await get('/f.bin', { dest: 'C:\\Windows\\Temp' })).result).to.include({ dest });
  });

  it('checks a checksum that is given, or that a list has', async () => {
    const options = { checksum_algorithm: 'sha256' };

    expect((await get('/f.bin', { ...options, checksum: sha256.toUpperCase() })).exitCode).to.equal(0);
    expect((await get('/f.bin', { ...options, checksum_url: server.url('/sums') })).exitCode).to.equal(0);
    expect((await get('/f.bin', { ...options, checksum: '00' })).result['msg']).to.equal(
      `The checksum for ${server.url('/f.bin')} did not match '00', it was '${sha256}'`,
    );
    expect((await get('/moved', { checksum_url: server.url('/sums') })).result['msg']).to.contain(
      "Checksum record not found for file name 'moved'",
    );
  });

  it('changes nothing in check mode', async () => {
    expect((await get('/f.bin', {}, true)).result).to.include({ changed: true });
    expect(await machine.stat(dest)).to.equal(undefined);
  });

  for (const [what, path, args, message] of [
    ['a file that is not there', '/none', {}, 'The remote server returned an error: (404) Not Found.'],
    [
      'a redirect to another host',
      '/away',
      {},
      'the twin does not model the network beyond this host: 192.0.2.1',
    ],
    ['a redirect without end', '/loop', { maximum_redirection: 3 }, 'Too many automatic redirections'],
    [
      'another host',
      '/',
      { url: 'http://example.com/x' },
      'does not model the network beyond this host: example.com',
    ],
    ['a file of the host', '/', { url: 'file:///etc/passwd' }, 'does not model downloads by file'],
    [
      'a folder that is not there',
      '/f.bin',
      { dest: 'C:\\none\\f.bin' },
      "The path 'C:\\none' does not exist",
    ],
    [
      'a folder with a backslash',
      '/f.bin',
      { dest: 'C:\\none\\' },
      "The destination path 'C:\\none\\' does not exist",
    ],
    ['a proxy', '/f.bin', { proxy_url: 'http://p' }, 'does not model win_get_url with proxy_url'],
    [
      'no certificate check',
      '/f.bin',
      { validate_certs: false },
      'does not model win_get_url without validate_certs',
    ],
    ['a challenge', '/f.bin', { url_username: 'me' }, 'without force_basic_auth'],
    [
      'two checksums',
      '/f.bin',
      { checksum: '0', checksum_url: 'x' },
      'parameters are mutually exclusive: checksum, checksum_url',
    ],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const { result, exitCode } = await get(path, args);

      expect(result['msg']).to.contain(message);
      expect(exitCode).to.equal(1);
    });
  }

  it('gives up when nobody waits for it any more', async () => {
    const ending = new AbortController();
    const args = { url: server.url('/held'), dest };
    const answer = callModule(machine, 'win_get_url', args, { signal: ending.signal });
    await server.held;

    ending.abort();

    expect((await answer).result).to.include({ failed: true });
  });

  it('fails after the time that the task gives', async () => {
    expect((await get('/held', { url_timeout: 0 })).result['msg']).to.contain('The operation has timed out');
  });

  it('fails when nobody listens', async () => {
    await server.close();

    expect((await get('/f.bin')).result['msg']).to.equal(
      `Error downloading '${server.url('/f.bin')}' to '${dest}': Unable to connect to the remote server`,
    );
  });
});
