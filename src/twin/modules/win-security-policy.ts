// community.windows.win_security_policy 1.13.0 (win_security_policy.ps1, read) for the two sections that the machine
// keeps. Not modelled: user rights and registry values as a policy, and the diff that --diff shows.
import type { ModuleCall } from './call.js';
import { dotNetText } from './basic-convert.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, notModelled, type ModuleReply } from './reply.js';

export function winSecurityPolicy(call: ModuleCall): ModuleReply {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  const section = given.str('section', { required: true }) ?? '';
  const key = given.str('key', { required: true }) ?? '';
  const value = given.raw('value', { required: true });
  const result = { section, key, value };
  if (/^(privilege rights|registry values)$/i.test(section)) {
    failJson(notModelled(`the section ${section} of the security policy`), result);
  }
  const keys = find(machine.securityPolicy(), section);
  if (keys === undefined)
    failJson(`The section '${section}' does not exist in SecEdit.exe output ini`, result);
  const wanted = value === null ? '' : dotNetText(value);
  const current = find(keys, key);
  if (isSame(current, wanted)) return exitJson(result);
  if (call.checkMode) return exitJson({ ...result, changed: true });
  machine.setSecurityPolicy(section, key, wanted);
  const now = find(find(machine.securityPolicy(), section) ?? {}, key);
  const done = { ...result, changed: true, import_log: '' };
  if (isSame(now, wanted)) return exitJson(done);
  if (now === undefined) {
    return failJson(
      `The key '${key}' in section '${section}' is not a valid key, cannot set this value`,
      done,
    );
  }
  return failJson(
    `Failed to change the value for key '${key}' in section '${section}', the value is still ${now}`,
    done,
  );
}

/** -cne: a number in the file is compared as a number. A key that is not there equals an empty value. */
function isSame(current: string | undefined, wanted: string): boolean {
  if (current === undefined) return wanted === '';
  if (/^\d+$/.test(current) && /^\d+$/.test(wanted)) return Number(current) === Number(wanted);
  return current === wanted;
}

/** A hashtable of PowerShell: names in any case. */
function find<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.entries(table).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}
