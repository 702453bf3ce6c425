// What `lyncimg init` writes: a workspace that builds as it stands, with a role of its own to start from.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../errors/index.js';

/** The first line of a file tells the editor which schema it follows; the schemas lie beside, so that a clone has them. */
function schemaLine(path: string): string {
  return `# yaml-language-server: $schema=${path}`;
}

const published = ['workspace', 'role', 'package'] as const;

/** Path in the workspace → text. */
export function workspaceFiles(choice: { os: string; platform: string }): Record<string, string> {
  return {
    'lyncimg.yaml': `${schemaLine('schemas/workspace.schema.json')}
apiVersion: lyncimg/v1
kind: Workspace
platform: ${choice.platform}
os: ${choice.os}
roles: [monitored-front-end]

# Values of role options; lyncimg roles show ROLE --os ${choice.os} lists them.
# options: { conferencing: true }

# On a hypervisor: what Windows is installed from and as what, on which machine, and where the guest will be.
# lyncimg platforms show PLATFORM says what a platform needs; lyncimg doctor what of it is here.
# windows: { ${choice.os}: { iso: media/windows.iso, edition: standard, key: kms } }
# machine: { cpus: 2, memoryMb: 4096, diskGb: 80 }
# network: { range: 10.1.2.0/24 }
# platforms: { qemu: { accelerator: kvm } }

# What is decided here and no role can know.
# parameters:
#   timeZone: W. Europe Standard Time
#   dnsSuffix: contoso.com
#   rootCertificates: [certificates/contoso-root.pem]
#   wsus: http://wsus.contoso.com:8530
#   proxy: proxy.contoso.com:8080
`,
    'roles/monitored-front-end.yaml': `${schemaLine('../schemas/role.schema.json')}
# A role of your own: a Front End with a monitoring agent, and the port that the agent listens on.
apiVersion: lyncimg/v1
kind: Role
name: monitored-front-end
title: Front End Server with a monitoring agent
extends: front-end

# Where your own needs come from; lyncimg wants to be told for each.
sources:
  OPERATIONS:
    title: Operations handbook, monitoring
    publisher: Contoso
    page: the wiki of operations
    date: unknown
    confidence: own

requirements:
  # The file goes onto the media disc: lyncimg media add example-agent.msi
  - package:
      title: Example monitoring agent
      type: msi
      file: example-agent.msi
      detect:
        - uninstall: '{6D0C8E5B-3F0F-4B4E-9A51-2E5A7C1D9F10}'
    source: OPERATIONS
  - firewall:
      name: Example monitoring agent
      protocol: tcp
      ports: [5693]
      action: allow
    source: OPERATIONS
`,
    '.gitignore': `# State, images and media of lyncimg.
.lyncimg/
media/
`,
  };
}

/** The JSON Schemas that a workspace's files name, as this version of lyncimg brings them. */
export async function schemaFiles(packageRoot: string): Promise<Record<string, string>> {
  const files = await Promise.all(
    published.map(async (name) => {
      const file = `schemas/${name}.schema.json`;
      return [file, await readFile(join(packageRoot, file), 'utf8')] as const;
    }),
  );
  return Object.fromEntries(files);
}

/** All or nothing. Throws E_INIT_EXISTS where one of them is there, unless it may be replaced. */
export async function writeNewFiles(
  folder: string,
  files: Record<string, string>,
  { replace }: { replace: boolean },
): Promise<void> {
  const names = Object.keys(files);
  if (!replace) {
    const there = await Promise.all(names.map(async (name) => exists(join(folder, name))));
    const taken = names.filter((_, index) => there[index]);
    if (taken.length > 0) throw fail('E_INIT_EXISTS', { folder, files: taken });
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: replace ? 'w' : 'wx' });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
