// The answer disc of a layer as files, without the answer file (answer-file/) and the certificate (lyncimg/server.pfx),
// which the build puts beside them.
import { bootScript } from './boot-script.js';
import { firstBootScript } from './first-boot-script.js';
import { keyFiles } from './key-files.js';
import { keyScript } from './key-script.js';
import type { FirstBootRequest } from './request.js';

/** Path on the disc with forward slashes -> text. Throws E_BUILD_PASSWORD_FORM. */
export function renderFirstBoot({ secrets, thumbprint, ...request }: FirstBootRequest): Map<string, string> {
  return new Map([
    ['answer.json', `${JSON.stringify({ label: 'LYNCIMG', format: 1 })}\n`],
    // A later layer has both in the one below.
    ...(request.layer === 'first'
      ? ([
          ['lyncimg/first-boot.cmd', firstBootScript],
          ['lyncimg/boot.cmd', bootScript],
        ] as const)
      : []),
    ['lyncimg/key.cmd', keyScript(request)],
    ...(secrets === null || thumbprint === null ? [] : keyFiles({ ...secrets, thumbprint })),
  ]);
}
