// What Ansible needs beside itself: the collections that the playbooks use, and what NTLM stands on.
import { dirname, join } from 'node:path';
import { childEnvironment, type FoundTool } from '../tools/index.js';
import {
  askAnsiblePython,
  legacyProvider,
  type FoundCollection,
  type PythonAnswer,
} from './ansible-python.js';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';
import { inShell } from './in-shell.js';
import { satisfies } from './version-constraint.js';

/** With the versions that bakes were tried with (those of Debian 12). */
const collections = { 'ansible.windows': '1.14.0', 'community.windows': '1.13.0' };

export interface AnsibleQuestion {
  /** Null where there is none that can be used: then there is nobody to ask. */
  ansible: FoundTool | null;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
}

export async function checkAnsible({ ansible, env, timeoutMs }: AnsibleQuestion): Promise<Finding[]> {
  if (ansible === null) return [];
  const names = Object.keys(collections);
  const answer =
    ansible.python === null
      ? null
      : await askAnsiblePython({
          python: ansible.python,
          collections: names,
          env: childEnvironment({ from: env }).env,
          timeoutMs,
        });
  if (answer === null) {
    const what = `Whether Ansible has the collections ${names.join(' and ')} could not be found out.`;
    const detail = `${ansible.python ?? 'Its Python, which is not known,'} gave no answer.`;
    return [
      found('ansible-collections', 'unknown', what, { detail, fix: [installCollections(ansible, names)] }),
    ];
  }
  return [checkCollections(ansible, answer), checkNtlm(answer)];
}

function checkCollections(ansible: FoundTool, answer: PythonAnswer): Finding {
  const names = Object.keys(collections);
  const missing = names.filter((name) => (answer.collections.get(name) ?? null) === null);
  if (missing.length > 0)
    return found('ansible-collections', 'problem', `Ansible has no collection ${missing.join(', none ')}.`, {
      detail:
        "The playbooks are made of their modules. ANSIBLE_COLLECTIONS_PATH does not reach a build's Ansible.",
      fix: [installCollections(ansible, missing)],
    });
  const here = names.flatMap((name) => {
    const one = answer.collections.get(name) ?? null;
    return one === null ? [] : [{ name, ...one }];
  });
  const what = `Ansible has ${here.map(({ name, version }) => `${name} ${version ?? '(version unknown)'}`).join(' and ')}.`;
  const tooNew = here.filter(({ needs }) => needs !== null && satisfies(ansible.version, needs) === false);
  if (tooNew.length === 0)
    return found('ansible-collections', 'ok', what, { detail: here.map(({ folder }) => folder).join(', ') });
  return found('ansible-collections', 'warning', what, {
    detail: tooNew.map((one) => complaint(one, ansible)).join(' '),
    fix: [installCollections(ansible, names)],
  });
}

function complaint({ name, needs }: FoundCollection & { name: string }, { version }: FoundTool): string {
  return `${name} asks for ansible-core ${needs ?? ''}, and this is ${version}.`;
}

/** `ansible-galaxy` lies beside `ansible-playbook`. */
function installCollections({ path, python }: FoundTool, names: readonly string[]): string {
  if (python?.startsWith('/usr/bin/') === true) return 'apt-get install ansible';
  const wanted = Object.entries(collections).filter(([name]) => names.includes(name));
  const galaxy = inShell(join(dirname(path), 'ansible-galaxy'));
  return `${galaxy} collection install ${wanted.map(([name, version]) => `${name}:${version}`).join(' ')}`;
}

/** A build speaks Basic over TLS whose certificate it checks, so none of this concerns it. */
function checkNtlm({ md4 }: PythonAnswer): Finding {
  const without = "Ansible's Python has no MD4, which NTLM needs.";
  const basic = 'No build is concerned: it speaks Basic over TLS.';
  switch (md4) {
    case 'there':
      return found('ansible-ntlm', 'ok', "Ansible's Python has MD4, which NTLM needs.");
    case 'own':
      return found('ansible-ntlm', 'ok', 'The NTLM library of Ansible brings the MD4 that it needs.');
    case 'legacy':
      return found('ansible-ntlm', 'warning', without, {
        detail: `${basic} Nor is lyncimg apply: it switches OpenSSL's legacy provider on, which has it. Playbooks run by hand with ansible_winrm_transport=ntlm end with "unsupported hash type md4".`,
        fix: [
          `printf '%s\\n' ${legacyProvider.map((line) => `'${line}'`).join(' ')} > ~/openssl-legacy.cnf`,
          'export OPENSSL_CONF=~/openssl-legacy.cnf',
        ],
      });
    case 'absent':
      return found('ansible-ntlm', 'warning', without, {
        detail: `${basic} lyncimg apply is, and so are playbooks run by hand, with NTLM: OpenSSL's legacy provider, which would have it, cannot be switched on either.`,
        fix: ['lyncimg apply --auth basic, where the machine allows Basic over HTTPS.'],
      });
  }
}
