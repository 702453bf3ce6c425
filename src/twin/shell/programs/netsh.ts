// netsh.exe winhttp set, show and reset proxy. Forms and texts: Microsoft's page and public logs (high).
import type { Machine } from '../../machine.js';
import { succeeded, type CommandResult } from '../result.js';
import { readWinHttpProxy, writeWinHttpProxy } from '../../winhttp-proxy.js';

export function runNetsh(machine: Machine, words: string[]): CommandResult | undefined {
  const [context, verb, object, ...rest] = words.map((word, index) =>
    index < 3 ? word.toLowerCase() : word,
  );
  if (context !== 'winhttp' || object !== 'proxy') return undefined;
  if (verb === 'set') return setProxy(machine, rest);
  if (rest.length > 0 || (verb !== 'show' && verb !== 'reset')) return undefined;
  if (verb === 'reset') writeWinHttpProxy(machine, null);
  return shown(machine);
}

/** `[proxy-server=]host:port [[bypass-list=]a;b]`: by name, or in this order. */
function setProxy(machine: Machine, words: string[]): CommandResult | undefined {
  const names = ['proxy-server', 'bypass-list'];
  const values = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const [, name, value] = /^(proxy-server|bypass-list)=(.*)$/i.exec(word) ?? [];
    const key = name?.toLowerCase() ?? names[index];
    if (key === undefined || values.has(key)) return undefined;
    values.set(key, value ?? word);
  }
  const server = values.get('proxy-server');
  if (server === undefined || server === '') return undefined;
  writeWinHttpProxy(machine, { server, bypass: values.get('bypass-list') ?? '' });
  return shown(machine);
}

function shown(machine: Machine): CommandResult {
  const proxy = readWinHttpProxy(machine);
  const lines =
    proxy === null
      ? ['    Direct access (no proxy server).']
      : [`    Proxy Server(s) :  ${proxy.server}`, `    Bypass List     :  ${proxy.bypass || '(none)'}`];
  return succeeded(`\r\nCurrent WinHTTP proxy settings:\r\n\r\n${lines.join('\r\n')}\r\n\r\n`);
}
