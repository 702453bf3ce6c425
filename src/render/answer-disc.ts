// The texts of the answer disc of one layer: Setup's answer file where Windows is installed, and first boot's commands.
// The certificate is not among them: it is no text, and only the disc ever has it.
import type { Platform, StaticAddress } from '../platforms/index.js';
import { renderAnswerFile, type AnswerFileRequest, type KeyPolicy } from './answer-file/index.js';
import { firstLogonCommand, renderFirstBoot, type BootPackage } from './first-boot/index.js';

/** What lyncimg.yaml, the platform and the plan say of the guest. */
export type AnswerChoices = Pick<
  AnswerFileRequest,
  'os' | 'edition' | 'firmware' | 'language' | 'locale' | 'keyboard' | 'timeZone' | 'drivers'
> & {
  key: KeyPolicy;
  network: StaticAddress | null;
  guestTools: Platform['guestTools'];
  /** What first boot installs before Ansible can come, in order. */
  packages: readonly BootPackage[];
};

export interface AnswerSecrets {
  password: string;
  certificatePassword: string;
  /** The user's own; null under another policy. */
  productKey: string | null;
}

export interface AnswerDiscRequest {
  layer: 'first' | 'next';
  choices: AnswerChoices;
  /** Of the server certificate of this build, upper-case hex; null in a copy to read. */
  thumbprint: string | null;
  /** Null: a copy to read, with references in their place. */
  secrets: AnswerSecrets | null;
}

/** Path on the disc (forward slashes) -> text. Pure. */
export function renderAnswerDisc({
  layer,
  choices,
  thumbprint,
  secrets,
}: AnswerDiscRequest): Map<string, string> {
  const { network, guestTools, packages, key, ...install } = choices;
  const files = renderFirstBoot({
    ...{ os: install.os.id, layer, network, guestTools, packages, thumbprint },
    secrets,
  });
  if (layer === 'next') return files;
  const request = { ...install, firstLogonCommand: firstLogonCommand(install.os.id) };
  files.set('autounattend.xml', renderAnswerFile(withSecrets(request, key, secrets)));
  return files;
}

function withSecrets(
  request: Omit<AnswerFileRequest, 'reveal' | 'key' | 'administratorPassword'>,
  policy: KeyPolicy,
  secrets: AnswerSecrets | null,
): AnswerFileRequest {
  if (secrets === null) return { ...request, reveal: false, key: { policy } };
  const key = policy === 'own' ? { policy, productKey: secrets.productKey ?? '' } : { policy };
  return { ...request, reveal: true, key, administratorPassword: secrets.password };
}
