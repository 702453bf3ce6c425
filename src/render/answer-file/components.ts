// The building blocks of an answer file: passes, components, settings and lists, each with its reason above it.
import { comment, element, type XmlElement, type XmlNode } from './xml.js';

/** A component of Windows 64-bit is named by all of these; a component that is named otherwise is another one. */
const identity = {
  processorArchitecture: 'amd64',
  publicKeyToken: '31bf3856ad364e35',
  language: 'neutral',
  versionScope: 'nonSxS',
};

/** Of the attributes that say what to do with an item of a list. */
const wcm = 'http://schemas.microsoft.com/WMIConfig/2002/State';

/** Passes of Windows Setup and sysprep that lyncimg has anything to say in. */
type Pass = 'windowsPE' | 'generalize' | 'specialize' | 'oobeSystem';

export function pass(name: Pass, reason: string, components: readonly XmlElement[]): XmlNode[] {
  return [comment(`${name}: ${reason}`), element('settings', components, { pass: name })];
}

/** `hasLists` where a list stands in it: the namespace is declared beside its use, as Windows' own tool does. */
export function component(name: string, settings: readonly XmlNode[], hasLists = false): XmlElement {
  return element('component', settings, { name, ...identity, ...(hasLists && { 'xmlns:wcm': wcm }) });
}

/** A setting, or a group of settings, with the reason for it. */
export function because(reason: string, name: string, content: string | readonly XmlNode[]): XmlNode[] {
  return [comment(reason), element(name, content)];
}

/** An item of a list, which has neighbours of the same name. */
export function item(name: string, settings: readonly XmlNode[], keyValue?: string): XmlElement {
  const attributes = { 'wcm:action': 'add', ...(keyValue !== undefined && { 'wcm:keyValue': keyValue }) };
  return element(name, settings, attributes);
}

export function unattend(passes: readonly XmlNode[]): XmlElement {
  return element('unattend', passes, { xmlns: 'urn:schemas-microsoft-com:unattend' });
}
