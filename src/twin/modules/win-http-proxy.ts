// community.windows.win_http_proxy 1.13.0 (win_http_proxy.ps1, read). Not modelled: source, since nobody's Internet
// Explorer has a proxy here.
import { readWinHttpProxy, writeWinHttpProxy } from '../winhttp-proxy.js';
import { BasicModule } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { notModelled, type ModuleReply } from './reply.js';

const protocols = ['http', 'https', 'ftp', 'socks'];

export function winHttpProxy(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, {
    options: {
      bypass: { type: 'list', elements: 'str' },
      proxy: { type: 'raw' },
      source: { type: 'str', choices: ['ie'] },
    },
    mutuallyExclusive: [
      ['proxy', 'source'],
      ['bypass', 'source'],
    ],
    requiredBy: { bypass: ['proxy'] },
    supportsCheckMode: true,
  });
  if (module.str('source') !== null) module.fail(notModelled('the proxy of Internet Explorer'));
  const server = serverOf(module);
  const bypass = (module.list('bypass') ?? []).map(dotNetText).join(';');
  const before = readWinHttpProxy(call.machine) ?? { server: '', bypass: '' };
  if (same(before.server, server) && same(before.bypass, bypass)) return module.exit();
  if (!module.checkMode) writeWinHttpProxy(call.machine, server === '' ? null : { server, bypass });
  module.result['changed'] = true;
  return module.exit();
}

/** One for all protocols, or `http=…;https=…` of a mapping, in the module's order. */
function serverOf(module: BasicModule): string {
  const given = module.raw('proxy');
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return given === null ? '' : dotNetText(given);
  const entries = new Map(Object.entries(given));
  const invalid = [...entries.keys()].filter((key) => !protocols.includes(key)).sort();
  if (invalid.length > 0)
    module.fail(
      `Invalid keys found in proxy: ${invalid.join(', ')}. Valid keys are ${protocols.join(', ')}.`,
    );
  return protocols
    .filter((protocol) => entries.has(protocol))
    .map((protocol) => `${protocol}=${dotNetText(entries.get(protocol))}`)
    .join(';');
}

/** PowerShell's -ne does not look at case. */
function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
