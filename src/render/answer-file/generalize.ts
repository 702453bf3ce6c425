// The answer file of sysprep: what becomes of an image when it is sealed, and of each machine that is deployed from it.
// It stays in every copy of the image, so it holds no secret: sysprep empties the administrator's password, and the
// deployed machine asks for one (Microsoft's reference, AdministratorPassword).
import { because, component, pass, unattend } from './components.js';
import { decideGeneralize } from './decide.js';
import { regionOfWelcome, welcome } from './oobe-system.js';
import { activationKey, deployedKey } from './product-key.js';
import type { Decided, GeneralizeRequest } from './request.js';
import { activation, quietLogon } from './specialize.js';
import { writeXml, type XmlNode } from './xml.js';

/**
 * `sysprep-unattend.xml`, for `sysprep /generalize /oobe /unattend:FILE`; to be stored as UTF-8. Holds no secret.
 * Throws all problems at once (ProblemsError of E_ANSWER_*).
 */
export function renderGeneralizeFile(request: GeneralizeRequest): string {
  const decided = decideGeneralize(request);
  const head = [
    `Answer file of sysprep for ${request.os.title}: how an image is sealed, and how a machine starts from it.`,
    'Written by lyncimg; the reason for each setting stands above it. It holds no secret: it stays in the image.',
    "The first start of a deployed machine asks for the administrator's password.",
    ...(request.key === 'own'
      ? ['An own product key is not written: it would lie readable in every copy.']
      : []),
  ];
  return writeXml(head, unattend([...generalize(), ...specialize(decided), ...oobeSystem(decided)]));
}

function generalize(): XmlNode[] {
  return pass('generalize', 'sysprep, while the image is sealed.', [
    component(
      'Microsoft-Windows-Security-SPP',
      because(
        'Licensing starts anew in each copy: a KMS host counts copies with one client id (CMID) as one machine.',
        'SkipRearm',
        '0',
      ),
    ),
    component(
      'Microsoft-Windows-PnpSysprep',
      because(
        'Devices are found anew: the image runs on other machines.',
        'PersistAllDeviceInstalls',
        'false',
      ),
    ),
  ]);
}

function specialize(request: Decided<GeneralizeRequest>): XmlNode[] {
  const { owner } = request;
  return pass('specialize', 'a deployed machine, at its first start.', [
    component('Microsoft-Windows-Shell-Setup', [
      ...because(
        'A random name, so that no two copies share one; deployment gives the real one.',
        'ComputerName',
        '*',
      ),
      ...activationKey(deployedKey(request)),
      ...(owner === undefined
        ? []
        : [
            ...because('The owner, as lyncimg.yaml names it.', 'RegisteredOwner', owner.name),
            ...because(
              "The owner's organisation, as lyncimg.yaml names it.",
              'RegisteredOrganization',
              owner.organization,
            ),
          ]),
    ]),
    ...quietLogon(request.os.id),
    activation(true),
  ]);
}

function oobeSystem(request: Decided<GeneralizeRequest>): XmlNode[] {
  return pass('oobeSystem', 'Windows Welcome of a deployed machine.', [
    regionOfWelcome(request),
    component('Microsoft-Windows-Shell-Setup', [
      ...welcome(request.os.id, false),
      ...because('Without it Windows takes the zone of the region.', 'TimeZone', request.timeZone),
    ]),
  ]);
}
