// ansible.windows.win_ping 1.14.0 (win_ping.ps1, read): gives back `data`; `crash` throws.
import { BasicModule } from './basic.js';
import type { ModuleCall } from './call.js';
import type { ModuleReply } from './reply.js';

export function winPing(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, {
    options: { data: { type: 'str', default: 'pong' } },
    supportsCheckMode: true,
  });
  const data = module.text('data');
  if (data.toLowerCase() === 'crash') throw new Error('boom');
  module.result['ping'] = data;
  return module.exit();
}
