// The environment of a child: built from a list of what it needs, so that nothing of the user's leaks in by accident.

/** Taken over as they are. A proxy may be the only way to a mirror; HOME holds Ansible's and Packer's own folders. */
const kept = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TZ',
  'TMPDIR',
  'http_proxy',
  'https_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  // pyenv's shims find their Python by these.
  'PYENV_ROOT',
  'PYENV_VERSION',
  // Where Packer's plugins lie, if not in its own folder: a user without internet carries them along. Without it a
  // current Packer, which brings no builder of its own but `null` and `file`, would find none.
  'PACKER_PLUGIN_PATH',
];

/** Of these the user is told when they are set and do not reach the child. */
const toldWhenDropped = /^(ANSIBLE_|PACKER_|PKR_VAR_|PYTHON)/;

export interface ChildEnvironmentOptions {
  /** The environment of lyncimg itself. */
  from: NodeJS.ProcessEnv;
  /** Hosts that must be reached without a proxy: HTTPS_PROXY else sends even loopback through it. */
  direct?: string[];
  /** What this child gets besides; wins over what is kept. */
  set?: Record<string, string>;
}

export interface ChildEnvironment {
  env: Record<string, string>;
  /** Names of the user's variables for Ansible, Packer and Python that the child does not get. */
  dropped: string[];
}

/** What a child gets. `LC_ALL` is C.UTF-8: Ansible refuses to start where it is C. */
export function childEnvironment({ from, direct = [], set = {} }: ChildEnvironmentOptions): ChildEnvironment {
  const env: Record<string, string> = { PATH: '' };
  for (const name of kept) {
    const value = from[name];
    if (value !== undefined) env[name] = value;
  }
  const withoutProxy = [from['no_proxy'] ?? from['NO_PROXY'] ?? '', ...direct].filter((host) => host !== '');
  if (withoutProxy.length > 0) env['no_proxy'] = env['NO_PROXY'] = withoutProxy.join(',');
  Object.assign(env, { LC_ALL: 'C.UTF-8', CHECKPOINT_DISABLE: '1', PACKER_NO_COLOR: '1' }, set);
  const dropped = Object.keys(from)
    .filter((name) => toldWhenDropped.test(name) && !(name in env))
    .sort();
  return { env, dropped };
}
