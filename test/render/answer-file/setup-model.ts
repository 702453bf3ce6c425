// A model of what Windows Setup and sysprep make of an answer file: it refuses what they would refuse, and what would make
// them stop and ask. It is written from Microsoft's reference (model/), knows nothing of the renderer, and reads the file
// with another library.
import { diskProblems } from './model/disks.js';
import { editions, type Problem, type Purpose } from './model/machine.js';
import { components } from './model/reference.js';
import { passes, type Pass } from './model/rules.js';
import { settingProblems } from './model/settings.js';
import { childOf, componentOf, passwordIn, readUnattend, type UnattendNode } from './model/unattend.js';

const identity: Readonly<Record<string, string>> = {
  processorArchitecture: 'amd64',
  publicKeyToken: '31bf3856ad364e35',
  language: 'neutral',
  versionScope: 'nonSxS',
};

/** Empty where the file does what it is for. */
export function refusals(text: string, purpose: Purpose): Problem[] {
  let root: UnattendNode;
  try {
    root = readUnattend(text);
  } catch (error) {
    return [{ rule: 'xml', at: '', says: String(error) }];
  }
  return [
    ...rootProblems(root),
    ...root.children.flatMap((settings) => passProblems(settings, purpose)),
    ...neededComponents(root, purpose),
    ...crossProblems(root, purpose),
  ];
}

function rootProblems(root: UnattendNode): Problem[] {
  const list: Problem[] = [];
  const add = (rule: Problem['rule'], says: string): number => list.push({ rule, at: 'unattend', says });
  if (root.name !== 'unattend') add('unknown', `the root is ${root.name}`);
  if (Object.keys(root.attributes).join() !== 'xmlns')
    add('attribute', 'unattend has a namespace and nothing else');
  if (root.text !== '') add('unknown', 'text between settings');
  const order = root.children.map(({ attributes }) => passes.indexOf(attributes['pass'] as Pass));
  if (new Set(order).size !== order.length) add('duplicate', 'a pass stands there twice');
  if (order.some((place, index) => index > 0 && place < order[index - 1]!))
    add('order', 'passes as they run');
  return list;
}

function passProblems(settings: UnattendNode, purpose: Purpose): Problem[] {
  const pass = settings.attributes['pass'] ?? '';
  const at = `settings[${pass}]`;
  if (settings.name !== 'settings') return [{ rule: 'unknown', at, says: settings.name }];
  if (Object.keys(settings.attributes).join() !== 'pass')
    return [{ rule: 'attribute', at, says: 'a pass and nothing else' }];
  if (!passes.includes(pass as Pass)) return [{ rule: 'unknown', at, says: 'no such pass' }];
  const list: Problem[] = [];
  if (settings.text !== '') list.push({ rule: 'unknown', at, says: 'text between components' });
  const names = settings.children.map(({ attributes }) => attributes['name'] ?? '');
  if (new Set(names).size !== names.length)
    list.push({ rule: 'duplicate', at, says: 'a component stands there twice' });
  const order = names.map((name) => Object.keys(components).indexOf(name));
  if (order.some((place, index) => index > 0 && place < order[index - 1]!))
    list.push({ rule: 'order', at, says: 'components' });
  return [
    ...list,
    ...settings.children.flatMap((component) => componentProblems(component, pass as Pass, purpose)),
  ];
}

function componentProblems(component: UnattendNode, pass: Pass, purpose: Purpose): Problem[] {
  const { name = '', ...rest } = component.attributes;
  // A declaration without use is of no meaning, and a use without it is no XML.
  delete rest['xmlns:wcm'];
  const at = `settings[${pass}]/component[${name}]`;
  if (component.name !== 'component') return [{ rule: 'unknown', at, says: component.name }];
  const isNamed =
    Object.keys(rest).length === Object.keys(identity).length &&
    Object.entries(identity).every(([key, value]) => rest[key] === value);
  if (!isNamed) return [{ rule: 'attribute', at, says: 'it is named as another component' }];
  const rule = Object.hasOwn(components, name) ? components[name]! : null;
  if (rule === null || rule.systems?.includes(purpose.system) === false) {
    return [{ rule: 'unknown', at, says: `no component of ${purpose.system}` }];
  }
  const list = settingProblems(component, rule.settings, { pass, purpose, at });
  return name === 'Microsoft-Windows-Setup' ? [...list, ...diskProblems(component, purpose)] : list;
}

function neededComponents(root: UnattendNode, purpose: Purpose): Problem[] {
  return Object.entries(components).flatMap(([name, { needed }]) =>
    needed(purpose)
      .filter((pass) => componentOf(root, pass, name) === undefined)
      .map((pass): Problem => ({ rule: 'missing', at: `settings[${pass}]`, says: name })),
  );
}

/** What one setting says of another. */
function crossProblems(root: UnattendNode, { file, system, key }: Purpose): Problem[] {
  if (file !== 'install') return [];
  const list: Problem[] = [];
  const add = (at: string, says: string): number => list.push({ rule: 'value', at, says });
  const setup = componentOf(root, 'windowsPE', 'Microsoft-Windows-Setup');
  const shell = componentOf(root, 'oobeSystem', 'Microsoft-Windows-Shell-Setup');
  const password = passwordIn(childOf(shell, 'UserAccounts', 'AdministratorPassword'));
  if (password === null || password === '') add('AdministratorPassword', 'it cannot be decoded');
  if (passwordIn(childOf(shell, 'AutoLogon', 'Password')) !== password)
    add('AutoLogon', 'it has another password');

  const own = childOf(setup, 'UserData', 'ProductKey', 'Key')?.text;
  const specialize = componentOf(root, 'specialize', 'Microsoft-Windows-Shell-Setup');
  if (childOf(specialize, 'ProductKey')?.text !== own)
    add('ProductKey', 'Setup and Windows have different keys');
  const image = childOf(setup, 'ImageInstall', 'OSImage', 'InstallFrom', 'MetaData', 'Value')?.text ?? '';
  if (key === 'kms' && editions[system][image] !== own)
    add('ProductKey', 'the key is of another edition than the image');
  if (!hasEveryLetter(root)) add('DriverPaths', 'the disc may have another letter');
  if ((childOf(shell, 'FirstLogonCommands')?.children.length ?? 1) !== 1)
    add('FirstLogonCommands', 'more than one');
  return list;
}

/** A folder of drivers is looked for on each letter that a disc can get in Windows PE. */
function hasEveryLetter(root: UnattendNode): boolean {
  const drivers = componentOf(root, 'windowsPE', 'Microsoft-Windows-PnpCustomizationsWinPE');
  const items = childOf(drivers, 'DriverPaths')?.children ?? [];
  const paths = items.map((item) => childOf(item, 'Path')?.text ?? '');
  return paths.every((path) =>
    ['D', 'E', 'F', 'G', 'H'].every((letter) => paths.includes(letter + path.slice(1))),
  );
}
