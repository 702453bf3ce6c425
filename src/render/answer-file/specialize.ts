// What the passes specialize of an installation and of a deployed image have in common, and the former's.
import { because, component, pass } from './components.js';
import { activationKey, installKey } from './product-key.js';
import type { AnswerFileRequest, Decided } from './request.js';
import type { XmlElement, XmlNode } from './xml.js';

export function specialize(request: Decided<AnswerFileRequest>): XmlNode[] {
  return pass('specialize', 'Windows, at its first start.', [
    component('Microsoft-Windows-Shell-Setup', [
      ...because('A random name: deployment gives the real one.', 'ComputerName', '*'),
      ...activationKey(installKey(request)),
      ...because('Without it Windows takes the zone of the region.', 'TimeZone', request.timeZone),
    ]),
    ...quietLogon(request.os.id),
    activation(false),
  ]);
}

/** Consoles that would open over first boot, and over everybody's later logon. */
export function quietLogon(os: AnswerFileRequest['os']['id']): XmlElement[] {
  const serverManager = component(
    'Microsoft-Windows-ServerManager-SvrMgrNc',
    because('No console opens at logon: nobody sits there.', 'DoNotOpenServerManagerAtLogon', 'true'),
  );
  // Later systems have no such application, and Microsoft's reference calls the component one of 2008 and 2008 R2.
  if (os !== '2008r2') return [serverManager];
  const initialTasks = component(
    'Microsoft-Windows-OutOfBoxExperience',
    because(
      'Initial Configuration Tasks, of 2008 R2 alone, is such a console too.',
      'DoNotOpenInitialConfigurationTasksAtLogon',
      'true',
    ),
  );
  return [serverManager, initialTasks];
}

export function activation(isWanted: boolean): XmlElement {
  const reason = isWanted
    ? 'Activates by itself again: the installation switched that off for the bake.'
    : 'What is baked is not what runs: each deployed copy activates itself.';
  return component(
    'Microsoft-Windows-Security-SPP-UX',
    because(reason, 'SkipAutoActivation', String(!isWanted)),
  );
}
