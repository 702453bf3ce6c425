// The pass windowsPE: Setup, started from Windows' own medium, gets its languages, drivers, disk, image and owner.
import { because, component, item, pass } from './components.js';
import { diskConfiguration, installTo } from './disks.js';
import { installKey, setupKey } from './product-key.js';
import type { AnswerFileRequest, Decided } from './request.js';
import { element, type XmlNode } from './xml.js';

type Request = Decided<AnswerFileRequest>;

export function windowsPE(request: Request): XmlNode[] {
  const drivers = request.drivers.length === 0 ? [] : [driverPaths(request.drivers)];
  return pass('windowsPE', "Windows Setup, started from Windows' own medium.", [
    languages(request),
    ...drivers,
    setup(request),
  ]);
}

function languages({ language, locale, keyboard }: Request) {
  return component('Microsoft-Windows-International-Core-WinPE', [
    ...because('Setup speaks the language of the medium; it asks where this is missing.', 'SetupUILanguage', [
      element('UILanguage', language),
    ]),
    ...because('Keyboard of Setup and of Windows.', 'InputLocale', keyboard),
    ...because('Code page of programs that know no Unicode.', 'SystemLocale', locale),
    ...because('Language of Windows: the one that the medium has.', 'UILanguage', language),
    ...because('Formats of dates, numbers and currency.', 'UserLocale', locale),
  ]);
}

/** Where the discs of a machine can be: C is the disk, and a machine has up to five discs. */
const discLetters = ['D', 'E', 'F', 'G', 'H'];

function driverPaths(folders: readonly string[]) {
  const paths = discLetters.flatMap((letter) => folders.map((folder) => `${letter}:\\${folder}`));
  const items = paths.map((path, index) =>
    item('PathAndCredentials', [element('Path', path)], String(index + 1)),
  );
  const reason =
    'Drivers of paravirtual devices, the disk among them. Windows PE gives letters to discs as it finds them, so each is tried.';
  return component('Microsoft-Windows-PnpCustomizationsWinPE', because(reason, 'DriverPaths', items), true);
}

function setup(request: Request) {
  return component(
    'Microsoft-Windows-Setup',
    [...diskConfiguration(request.firmware), ...image(request), ...userData(request)],
    true,
  );
}

function image({ edition, firmware }: Request): XmlNode[] {
  const byName = item('MetaData', [element('Key', '/IMAGE/NAME'), element('Value', edition.imageName)]);
  return because(`${edition.title}, and where it goes.`, 'ImageInstall', [
    element('OSImage', [
      ...because('By its name, which volume and evaluation media have in common.', 'InstallFrom', [byName]),
      ...installTo(firmware),
    ]),
  ]);
}

function userData(request: Request): XmlNode[] {
  const { owner } = request;
  return because('What Setup would ask a person.', 'UserData', [
    ...because(
      "Whoever builds accepts Microsoft's terms by this; they are shown otherwise.",
      'AcceptEula',
      'true',
    ),
    ...(owner === undefined
      ? []
      : [
          ...because('Owner, as lyncimg.yaml names it.', 'FullName', owner.name),
          ...because(
            "The owner's organisation, as lyncimg.yaml names it.",
            'Organization',
            owner.organization,
          ),
        ]),
    ...setupKey(installKey(request)),
  ]);
}
