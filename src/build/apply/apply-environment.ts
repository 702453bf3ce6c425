// The environment of Ansible against a machine that has its owner: how it is reached, and what the run keeps to itself.
import { join } from 'node:path';
import type { Run } from '../../images/index.js';
import { childEnvironment } from '../../tools/index.js';

export interface ApplyEnvironmentOptions {
  from: NodeJS.ProcessEnv;
  run: Pick<Run, 'id'>;
  host: string;
  port: number;
  user: string;
  password: string;
  /** PEM of the authorities that are trusted; null without TLS. */
  caFile: string | null;
  reports: string;
  temporary: string;
  ansibleConfig: string;
  /** Where the machine fetches files; null where there are none. */
  mediaUrl: string | null;
  /** A configuration of OpenSSL for this child alone; null: its own. */
  opensslConfig: string | null;
}

export function applyEnvironment(options: ApplyEnvironmentOptions): Record<string, string> {
  const { from, host, caFile, mediaUrl, opensslConfig, temporary } = options;
  const set = {
    // An empty part of a PATH is the working folder, which here is one of rendered files.
    PATH: (from['PATH'] ?? '')
      .split(':')
      .filter((part) => part !== '')
      .join(':'),
    LYNCIMG_HOST: host,
    LYNCIMG_PORT: String(options.port),
    LYNCIMG_USER: options.user,
    LYNCIMG_GUEST_PASSWORD: options.password,
    LYNCIMG_REPORTS: options.reports,
    ...(caFile !== null && { LYNCIMG_CA_FILE: caFile }),
    ...(mediaUrl !== null && { LYNCIMG_MEDIA_URL: mediaUrl }),
    ...(opensslConfig !== null && { OPENSSL_CONF: opensslConfig }),
    // Said here too: a world-writable working folder makes Ansible ignore the ansible.cfg in it without a word.
    ANSIBLE_CONFIG: options.ansibleConfig,
    ANSIBLE_LOCAL_TEMP: join(temporary, 'ansible'),
    // Python would write compiled plugins into the rendered folder.
    PYTHONDONTWRITEBYTECODE: '1',
    TMPDIR: temporary,
    LYNCIMG_RUN: options.run.id,
  };
  return childEnvironment({ from, direct: [host], set }).env;
}
