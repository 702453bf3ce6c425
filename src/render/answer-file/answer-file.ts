// The answer file of Windows Setup, for one operating system, edition and firmware. Its settings are those of Microsoft's
// "Unattended Windows Setup Reference" and of public Packer templates for these systems; what an operating system does
// not know is not written for it, because Setup refuses the whole file over it. Not among the passes: offlineServicing (there is
// nothing to switch off: the built-in administrator is not subject to User Account Control) and the two of audit mode.
import { runValues } from '../../platforms/index.js';
import { unattend } from './components.js';
import { decideInstall } from './decide.js';
import { oobeSystem } from './oobe-system.js';
import { productKeyVariable } from './product-key.js';
import type { AnswerFileRequest } from './request.js';
import { specialize } from './specialize.js';
import { windowsPE } from './windows-pe.js';
import { writeXml } from './xml.js';

/**
 * `autounattend.xml`, to be stored as UTF-8. With `reveal` it holds the administrator's password and an own product key:
 * a file of mode 0600 on the answer disc. Without, a copy to read. Throws all problems at once (ProblemsError of
 * E_ANSWER_*), and writes nothing then.
 */
export function renderAnswerFile(request: AnswerFileRequest): string {
  const decided = decideInstall(request);
  return writeXml(
    headOf(request),
    unattend([...windowsPE(decided), ...specialize(decided), ...oobeSystem(decided)]),
  );
}

function headOf(request: AnswerFileRequest): string[] {
  const { os, edition, firmware } = request;
  const boots = firmware === 'bios' ? 'a BIOS' : 'UEFI';
  return [
    ...(request.reveal ? [] : copyNotice(request)),
    `Answer file of Windows Setup for ${edition.title} on a machine with ${boots}.`,
    'Written by lyncimg; the reason for each setting stands above it.',
    ...(os.id === '2008r2' && firmware === 'uefi'
      ? [`${os.title} knows no Secure Boot, and does not start on a machine of generation 2 of Hyper-V.`]
      : []),
  ];
}

function copyNotice({ key }: AnswerFileRequest): string[] {
  const variables = [runValues.password.env, ...(key.policy === 'own' ? [productKeyVariable] : [])];
  return [
    `A COPY TO READ: ${variables.map((name) => `$${name}`).join(' and ')} stand for secrets.`,
    'The real file exists only on the answer disc of a build, and is deleted with it.',
  ];
}
