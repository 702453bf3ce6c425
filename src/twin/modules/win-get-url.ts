// ansible.windows.win_get_url 1.14.0 (win_get_url.ps1 and module_utils/WebRequest.psm1, read). The file is really
// fetched. Not modelled: proxies, client certificates, the caller's own credentials, https without validation.
import { createHash } from 'node:crypto';
import type { Machine } from '../machine.js';
import { BasicModule, type BasicSpec } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { webRequestOptions } from './web-request-options.js';
import { download, DownloadError, fileNameOf, type Download } from './download.js';
import { done } from './files.js';
import { isObject } from './json.js';
import { notModelled, type ModuleReply } from './reply.js';
import { checksumAlgorithm, checksumAlgorithms } from './win-stat.js';
import { endsWithSeparator, joinPath, parentOf } from '../shell/windows-path.js';

const spec: BasicSpec = {
  options: {
    url: { type: 'str', required: true },
    dest: { type: 'path', required: true },
    force: { type: 'bool', default: true },
    checksum: { type: 'str' },
    checksum_algorithm: { type: 'str', default: 'sha1', choices: checksumAlgorithms },
    checksum_url: { type: 'str' },
    url_method: { type: 'str', aliases: ['method'] },
    follow_redirects: { type: 'str', choices: ['all', 'none', 'safe'], default: 'safe' },
    ...webRequestOptions,
    url_timeout: { type: 'int', default: 30, aliases: ['timeout'] },
    url_username: { type: 'str', aliases: ['user', 'username'] },
    url_password: { type: 'str', aliases: ['password'], noLog: true },
  },
  mutuallyExclusive: [['checksum', 'checksum_url']],
  supportsCheckMode: true,
};

export async function winGetUrl(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const module = new BasicModule(call, spec);
  module.result['elapsed'] = 0;
  module.result['url'] = module.text('url');
  refuseUnmodelled(module);
  const dest = await destinationOf(machine, module);
  module.result['dest'] = dest;
  const checksum = await wantedChecksum(call, module);
  if (module.bool('force') || (await mustRefresh(call, module, dest))) {
    await fetchTo(call, module, dest, checksum);
  }
  const found = await machine.stat(dest);
  if (found !== undefined) {
    module.result['checksum_dest'] = await machine.hashFile(dest, algorithmOf(module));
    module.result['size'] = found.sizeBytes;
  }
  return module.exit();
}

function refuseUnmodelled(module: BasicModule): void {
  const [option] = module.given(['client_cert', 'proxy_url', 'proxy_username']);
  if (option !== undefined) module.fail(notModelled(`win_get_url with ${option}`));
  for (const name of ['use_default_credential', 'proxy_use_default_credential']) {
    if (module.bool(name)) module.fail(notModelled(`win_get_url with ${name}`));
  }
  if (!module.bool('validate_certs')) module.fail(notModelled('win_get_url without validate_certs'));
  if (module.str('url_username') !== null && !module.bool('force_basic_auth')) {
    module.fail(notModelled('win_get_url with url_username but without force_basic_auth'));
  }
}

async function destinationOf(machine: Machine, module: BasicModule): Promise<string> {
  const dest = module.text('dest');
  if ((await machine.stat(dest))?.isDirectory === true) {
    const leaf = fileNameOf(module.text('url'));
    if (leaf !== '') return joinPath(dest, leaf);
    return module.fail(notModelled('win_get_url to a folder from a URL without a file name'));
  }
  if (!endsWithSeparator(dest)) return dest;
  return module.fail(
    `The destination path '${dest}' does not exist, or is not visible to the current user. ` +
      'Ensure download destination folder exists (perhaps using win_file state=directory) before win_get_url runs.',
  );
}

async function wantedChecksum(call: ModuleCall, module: BasicModule): Promise<string | null> {
  const url = module.str('checksum_url')?.trim() ?? null;
  if (url === null) return module.str('checksum')?.trim().toLowerCase() ?? null;
  const list = await ask(call, module, {
    url,
    method: 'GET',
    what: `Error when getting the remote checksum from '${url}'.`,
  });
  const basename = fileNameOf(module.text('url'));
  for (const line of list.body.toString('utf8').split(/\r?\n/)) {
    const [hash = '', ...name] = line.trim().split(/\s+/);
    if (name.join(' ').replace(/^\.?\/?\\?/, '') === basename) return hash.replace(/\W+/g, '').toLowerCase();
  }
  return module.fail(`Checksum record not found for file name '${basename}' in file from url: '${url}'`);
}

async function mustRefresh(call: ModuleCall, module: BasicModule, dest: string): Promise<boolean> {
  const found = await call.machine.stat(dest);
  if (found === undefined) return true;
  const url = module.text('url');
  const head = await ask(call, module, {
    url,
    method: 'HEAD',
    what: `Error when requesting 'Last-Modified' date from '${url}'.`,
  });
  // .NET gives the present moment where the server names no date.
  return (head.lastModified ?? call.machine.now()) > found.modifiedAt;
}

async function fetchTo(
  call: ModuleCall,
  module: BasicModule,
  dest: string,
  checksum: string | null,
): Promise<void> {
  const { machine } = call;
  const parent = parentOf(dest);
  if ((await machine.stat(parent))?.isDirectory !== true) {
    module.fail(
      `The path '${parent}' does not exist for destination '${dest}', or is not visible to the current user. ` +
        'Ensure download destination folder exists (perhaps using win_file state=directory) before win_get_url runs.',
    );
  }
  const url = module.text('url');
  const method = module.str('url_method') ?? 'GET';
  const { body } = await ask(call, module, { url, method, what: `Error downloading '${url}' to '${dest}':` });
  const algorithm = algorithmOf(module);
  const hash = createHash(algorithm).update(body).digest('hex');
  module.result['checksum_src'] = hash;
  if (checksum !== null && checksum !== hash) {
    module.fail(`The checksum for ${url} did not match '${checksum}', it was '${hash}'`);
  }
  if ((await machine.hashFile(dest, algorithm)) === hash) return;
  if (!module.checkMode) done(machine.writeFile(dest, body));
  module.result['changed'] = true;
}

interface Question {
  url: string;
  method: string;
  /** How a failure is introduced. */
  what: string;
}

async function ask(
  call: ModuleCall,
  module: BasicModule,
  { url, method, what }: Question,
): Promise<Download> {
  const started = performance.now();
  const follow = module.text('follow_redirects').toLowerCase();
  const follows = follow === 'all' || (follow === 'safe' && ['GET', 'HEAD'].includes(method.toUpperCase()));
  try {
    const answer = await download({
      url,
      method,
      headers: headersOf(module),
      timeoutMs: module.int('url_timeout') * 1000,
      signal: call.signal,
      maxRedirects: follows ? module.int('maximum_redirection') : 0,
    });
    module.result['msg'] = answer.statusText;
    module.result['status_code'] = answer.status;
    return answer;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    if (error.response !== null) module.result['status_code'] = error.response.status;
    return module.fail(`${what} ${error.message}`);
  } finally {
    module.result['elapsed'] = (performance.now() - started) / 1000;
  }
}

function headersOf(module: BasicModule): Record<string, string> {
  const given = module.raw('headers');
  const headers: Record<string, string> = { 'user-agent': module.text('http_agent') };
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    headers[name.toLowerCase()] = dotNetText(value);
  }
  const user = module.str('url_username');
  if (user !== null) {
    const words = Buffer.from(`${user}:${module.text('url_password')}`, 'ascii').toString('base64');
    headers['authorization'] = `Basic ${words}`;
  }
  return headers;
}

function algorithmOf(module: BasicModule): ReturnType<typeof checksumAlgorithm> {
  return checksumAlgorithm(module.text('checksum_algorithm'));
}
