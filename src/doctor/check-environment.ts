// What of the user's environment does not reach Packer and Ansible, and what does and may surprise.
import { childEnvironment } from '../tools/index.js';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';

const proxies = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];

/** Names only: values may hold secrets. */
export function checkEnvironment(env: NodeJS.ProcessEnv): Finding[] {
  const { dropped } = childEnvironment({ from: env });
  const set = proxies.filter((name) => (env[name] ?? '') !== '');
  return [
    dropped.length === 0
      ? found('environment', 'ok', 'Nothing is set for Packer, Ansible or Python that they would not get.')
      : found('environment', 'warning', `Packer and Ansible do not get ${dropped.join(', ')}.`, {
          detail: 'A build gives them an environment of its own, so that it is the same for everybody.',
          fix: [`unset ${dropped.join(' ')}`],
        }),
    ...(set.length === 0
      ? []
      : [
          found('proxy', 'ok', `Packer and Ansible get ${set.join(', ')}.`, {
            detail: 'The guest is always reached without a proxy. lyncimg media fetch uses none.',
          }),
        ]),
  ];
}
