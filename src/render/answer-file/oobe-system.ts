// The pass oobeSystem: Windows Welcome asks nothing, the administrator is logged on once, and first boot starts.
import type { OsId } from '../../requirements/index.js';
import { because, component, item, pass } from './components.js';
import { hiddenPassword } from './password.js';
import type { AnswerFileRequest, Decided, GeneralizeRequest } from './request.js';
import { element, type XmlElement, type XmlNode } from './xml.js';

export function oobeSystem(request: Decided<AnswerFileRequest>): XmlNode[] {
  return pass('oobeSystem', 'Windows Welcome, and the first logon.', [
    regionOfWelcome(request),
    component(
      'Microsoft-Windows-Shell-Setup',
      [...welcome(request.os.id, true), ...administrator(request), ...firstLogon(request)],
      true,
    ),
  ]);
}

/** Windows Welcome skips its page of regional settings where all of these are given. */
export function regionOfWelcome({
  language,
  locale,
  keyboard,
}: Decided<AnswerFileRequest | GeneralizeRequest>): XmlElement {
  return component('Microsoft-Windows-International-Core', [
    ...because(
      'The keyboard. With these four Windows Welcome skips its page of region and keyboard.',
      'InputLocale',
      keyboard,
    ),
    ...because('Code page of programs that know no Unicode.', 'SystemLocale', locale),
    ...because('Language of Windows: the one that it was installed in.', 'UILanguage', language),
    ...because('Formats of dates, numbers and currency.', 'UserLocale', locale),
  ]);
}

/** @param hasPassword the file gives the administrator's password, so that nobody needs to be asked for one */
export function welcome(os: OsId, hasPassword: boolean): XmlNode[] {
  // Setup of 2008 R2 refuses the whole file over a name that it does not know, and these came after it.
  const pagesSince2012 =
    os === '2008r2'
      ? []
      : [
          ...(hasPassword
            ? because("The administrator's password is given below.", 'HideLocalAccountScreen', 'true')
            : []),
          ...because('No page of a maker of computers.', 'HideOEMRegistrationScreen', 'true'),
          ...because('A server has no accounts of a web site.', 'HideOnlineAccountScreens', 'true'),
        ];
  return because('Pages of Windows Welcome, each of which would wait for a person.', 'OOBE', [
    ...because(
      "Whoever builds accepts Microsoft's terms by this; they are shown otherwise.",
      'HideEULAPage',
      'true',
    ),
    ...pagesSince2012,
    ...because(
      "A private network: on a public one WinRM's set-up fails, or lets in the local subnet alone.",
      'NetworkLocation',
      'Work',
    ),
    ...because(
      'No updates and no reports by itself: updates are steps of the bake, and later the business of its owner.',
      'ProtectYourPC',
      '3',
    ),
  ]);
}

function administrator(request: AnswerFileRequest): XmlNode[] {
  const password = request.reveal ? request.administratorPassword : null;
  const hidden = request.reveal
    ? 'Hidden as base64, so that every character arrives as it is; it is not encrypted.'
    : 'A reference: the real file has the password here, hidden as base64.';
  return [
    ...because('The built-in administrator is the only account.', 'UserAccounts', [
      { comment: hidden },
      hiddenPassword('AdministratorPassword', password),
    ]),
    ...because("Logged on once, for first boot. (Microsoft's reference: Windows may add one.)", 'AutoLogon', [
      hiddenPassword('Password', password),
      element('Enabled', 'true'),
      element('LogonCount', '1'),
      // In English whatever the medium speaks: accounts are set before a language is.
      element('Username', 'Administrator'),
    ]),
  ];
}

function firstLogon({ firstLogonCommand }: AnswerFileRequest): XmlNode[] {
  return because(
    'One command, which starts first boot; what it does is on the answer disc.',
    'FirstLogonCommands',
    [item('SynchronousCommand', [element('Order', '1'), element('CommandLine', firstLogonCommand)])],
  );
}
