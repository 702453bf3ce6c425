// What lyncimg knows of each tool: how it tells its version, which versions serve, how Debian installs it.
import { compareVersions, majorMinor } from './versions.js';

export interface ToolWarning {
  code: 'packer-untested' | 'ansible-untested' | 'pywinrm-unchecked';
  message: string;
}

export interface ToolRecipe {
  /** As people call it. */
  title: string;
  versionArgs: string[];
  /** Laid into the empty folder in which it is asked. */
  files?: Record<string, string>;
  /** The version, or null where this is another program of that name. */
  parse: (output: string) => string | null;
  /** What to do when it is missing. */
  install: string;
  warning?: (version: string) => ToolWarning | null;
  /** It runs on a Python that must have pywinrm. */
  needsPywinrm?: true;
  /** Environment variable that says which program it is: an absolute path, or a name on the PATH. */
  chosenBy?: string;
}

const recipes: Record<string, ToolRecipe> = {
  packer: {
    title: 'HashiCorp Packer',
    versionArgs: ['--version'],
    // Packer 1.6.6 prints a bare `1.6.6`, later ones `Packer v1.14.0`; news of a later release may follow.
    parse: (output) => /^(?:Packer v)?(\d+\.\d+\.\d+[\w.+-]*)\s*$/.exec(firstLine(output))?.[1] ?? null,
    install: 'Install HashiCorp Packer: apt-get install packer',
    chosenBy: 'LYNCIMG_PACKER',
    warning: (version) =>
      compareVersions(version, '1.6.6') < 0
        ? {
            code: 'packer-untested',
            message: `Packer ${version} is older than 1.6.6, the oldest that lyncimg is tried with.`,
          }
        : null,
  },
  'ansible-playbook': {
    title: 'Ansible',
    versionArgs: ['--version'],
    // Comes before the user's own and the system's configuration, which a build does not use either.
    files: { 'ansible.cfg': '[defaults]\n' },
    parse: (output) => /^ansible-playbook \[?(?:core )?(\d+\.\d+[\w.+-]*)\]?/.exec(output)?.[1] ?? null,
    install: 'Install Ansible and its connection to Windows: apt-get install ansible python3-winrm',
    // Ansible's documentation supports PowerShell 3.0 and 4.0 on the target up to ansible-core 2.15.
    warning: (version) =>
      compareVersions(majorMinor(version), '2.11') < 0 || compareVersions(majorMinor(version), '2.15') > 0
        ? {
            code: 'ansible-untested',
            message: `ansible-core ${version} is outside 2.11 to 2.15, the range that supports Windows Server 2012 and 2012 R2.`,
          }
        : null,
    needsPywinrm: true,
  },
  'qemu-system-x86_64': {
    title: 'QEMU',
    versionArgs: ['--version'],
    parse: (output) => /^QEMU emulator version (\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1] ?? null,
    install: 'Install QEMU: apt-get install qemu-system-x86',
  },
  'qemu-img': {
    title: "QEMU's qemu-img",
    versionArgs: ['--version'],
    parse: (output) => /^qemu-img version (\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1] ?? null,
    install: 'Install it: apt-get install qemu-utils',
  },
  xorriso: {
    title: 'xorriso',
    versionArgs: ['--version'],
    parse: (output) => /^xorriso (\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null,
    install: 'Install xorriso: apt-get install xorriso',
  },
  genisoimage: {
    title: 'genisoimage',
    versionArgs: ['--version'],
    parse: (output) => /^genisoimage (\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null,
    install: 'Install genisoimage: apt-get install genisoimage',
  },
  // A name with three programs behind it: that of cdrtools, genisoimage (whose first line says that it is not what it
  // says) and xorriso. They understand the same arguments.
  mkisofs: {
    title: 'mkisofs',
    versionArgs: ['--version'],
    parse: (output) =>
      (/^genisoimage (\d+\.\d+\.\d+)/m.exec(output) ?? /^mkisofs (\d+\.\d+[\w.-]*)/.exec(output))?.[1] ??
      null,
    install: 'Install genisoimage, which brings mkisofs: apt-get install genisoimage',
  },
};

/** Any other tool: the first thing in its answer that looks like a version. */
function plainRecipe(name: string): ToolRecipe {
  return {
    title: name,
    versionArgs: ['--version'],
    parse: (output) => /(?:^|[\s(v])(\d+\.\d+(?:\.\d+)?)/.exec(firstLine(output))?.[1] ?? null,
    install: `Install ${name}, or put the folder that holds it into PATH.`,
  };
}

export function recipeOf(name: string): ToolRecipe {
  return recipes[name] ?? plainRecipe(name);
}

function firstLine(output: string): string {
  return output.split('\n', 1)[0] ?? '';
}
