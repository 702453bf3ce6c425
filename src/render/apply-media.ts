// How the files that installing needs get onto a machine that runs already, and away again.
import { posix } from 'node:path';
import type { Layer } from '../plan/index.js';
import type { AnsibleTask } from '../requirements/index.js';
import { reference } from './jinja.js';

const fetches = 'Fetch ';

/** The file that a task was to fetch; null for any other task. */
export function fileFetched(task: string): string | null {
  return task.startsWith(fetches) ? task.slice(fetches.length) : null;
}

/** Over HTTP from the host that runs this: copying over WinRM takes minutes for what takes seconds so. */
export function bringingTasks(media: Layer['media']): AnsibleTask[] {
  const folders = new Set(media.map(({ path }) => posix.dirname(path)).filter((folder) => folder !== '.'));
  if (media.length === 0) return [];
  return [
    folderTask(null),
    ...[...folders].sort().map(folderTask),
    ...media.map(({ path, sha256 }) => ({
      name: `${fetches}${path}`,
      comments: [],
      module: 'ansible.windows.win_get_url',
      args: {
        url: `${reference('lyncimg_media_url')}/${path.split('/').map(encodeURIComponent).join('/')}`,
        dest: onMachine(path),
        checksum: sha256,
        checksum_algorithm: 'sha256',
        // The address is of this network; a proxy that the machine knows need not reach it.
        use_proxy: false,
      },
    })),
  ];
}

function folderTask(folder: string | null): AnsibleTask {
  return {
    name: `Make the folder of the files${folder === null ? '' : `: ${folder}`}`,
    comments: [],
    module: 'ansible.windows.win_file',
    args: { path: onMachine(folder), state: 'directory' },
  };
}

/** Nothing where nothing was brought. */
export function removingTasks(media: Layer['media']): AnsibleTask[] {
  if (media.length === 0) return [];
  return [
    {
      name: 'Remove the folder of the files',
      comments: [],
      module: 'ansible.windows.win_file',
      args: { path: onMachine(null), state: 'absent' },
    },
  ];
}

function onMachine(path: string | null): string {
  const parts = path === null ? [] : path.split('/');
  return [reference('lyncimg_media'), ...parts].join('\\');
}
