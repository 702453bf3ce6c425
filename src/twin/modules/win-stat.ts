// ansible.windows.win_stat 1.14.0 (win_stat.ps1, read). Action plugins call it as `ansible.legacy.stat`. The model has
// no links, shares or owners: they are given as on a file that an administrator wrote.
import type { FileStat } from '../machine.js';
import { BasicModule } from './basic.js';
import type { ModuleCall } from './call.js';
import { folderSize } from './files.js';
import type { JsonObject } from './json.js';
import type { ModuleReply } from './reply.js';
import { leafOf } from '../shell/windows-path.js';

export const checksumAlgorithms = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export function checksumAlgorithm(text: string): ChecksumAlgorithm {
  return checksumAlgorithms.find((algorithm) => algorithm === text.toLowerCase()) ?? 'sha1';
}

export async function winStat(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const module = new BasicModule(call, {
    options: {
      path: { type: 'path', required: true, aliases: ['dest', 'name'] },
      get_checksum: { type: 'bool', default: true },
      get_size: { type: 'bool', default: true },
      checksum_algorithm: { type: 'str', default: 'sha1', choices: checksumAlgorithms },
      follow: { type: 'bool', default: false },
    },
    supportsCheckMode: true,
  });
  module.result['stat'] = { exists: false };
  const found = await machine.stat(module.text('path'));
  if (found === undefined) return module.exit();
  const stat = common(found);
  if (found.isDirectory) {
    stat['isdir'] = true;
    if (module.bool('get_size')) stat['size'] = await folderSize(machine, found.path);
  } else {
    stat['isreg'] = true;
    stat['extension'] = /\.[^.\\]*$/.exec(found.path)?.[0] ?? '';
    if (module.bool('get_checksum')) {
      stat['checksum'] = await machine.hashFile(
        found.path,
        checksumAlgorithm(module.text('checksum_algorithm')),
      );
    }
    if (module.bool('get_size')) stat['size'] = found.sizeBytes;
  }
  module.result['stat'] = stat;
  return module.exit();
}

function common(found: FileStat): JsonObject {
  const attributes = [
    ...(found.readOnly ? ['ReadOnly'] : []),
    ...(found.isDirectory ? ['Directory'] : ['Archive']),
  ];
  const seconds = found.modifiedAt.getTime() / 1000;
  return {
    exists: true,
    attributes: attributes.join(', '),
    isarchive: !found.isDirectory,
    isdir: false,
    ishidden: false,
    isjunction: false,
    islnk: false,
    isreadonly: found.readOnly,
    isreg: false,
    isshared: false,
    nlink: 1,
    hlnk_targets: [],
    creationtime: seconds,
    lastaccesstime: seconds,
    lastwritetime: seconds,
    path: found.path,
    filename: leafOf(found.path),
    owner: 'BUILTIN\\Administrators',
  };
}
