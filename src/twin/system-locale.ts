// The system locale, where Windows keeps it: the locale's number in the registry. A change holds from the next start on,
// which this model leaves out: what the registry says is what every question is answered by.
import type { Machine } from './machine.js';

const nls = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls';

/** Four hexadecimal digits (MS-LCID, high). Those of Windows' own languages, and more that are spoken in Europe. */
const lcids: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'ar-SA 0401, bg-BG 0402, zh-TW 0404, cs-CZ 0405, da-DK 0406, de-DE 0407, el-GR 0408, en-US 0409, fi-FI 040b, ' +
    'fr-FR 040c, he-IL 040d, hu-HU 040e, it-IT 0410, ja-JP 0411, ko-KR 0412, nl-NL 0413, nb-NO 0414, pl-PL 0415, ' +
    'pt-BR 0416, ro-RO 0418, ru-RU 0419, hr-HR 041a, sk-SK 041b, sv-SE 041d, th-TH 041e, tr-TR 041f, uk-UA 0422, ' +
    'sl-SI 0424, et-EE 0425, lv-LV 0426, lt-LT 0427, zh-CN 0804, de-CH 0807, en-GB 0809, es-MX 080a, fr-BE 080c, ' +
    'it-CH 0810, nl-BE 0813, pt-PT 0816, zh-HK 0c04, de-AT 0c07, en-AU 0c09, es-ES 0c0a, fr-CA 0c0c, en-CA 1009, ' +
    'fr-CH 100c, en-IE 1809, en-ZA 1c09, en-IN 4009'
  )
    .split(', ')
    .map((entry) => entry.split(' ') as [string, string]),
);

export const defaultLcid = '0409';

/** The spelling of a locale that is modelled, in any case; undefined for any other. */
export function knownLocale(name: string): string | undefined {
  return Object.keys(lcids).find((known) => known.toLowerCase() === name.toLowerCase());
}

/** Four hexadecimal digits; '' where the registry has none. */
export function systemLcid(machine: Machine): string {
  const value = machine.registryValue(`${nls}\\Language`, 'Default');
  return value?.type === 'string' ? value.data.toLowerCase() : '';
}

/** False when it was set already. */
export function setSystemLocale(machine: Machine, locale: string, whatIf: boolean): boolean {
  const lcid = lcids[locale] ?? defaultLcid;
  if (systemLcid(machine) === lcid) return false;
  if (whatIf) return true;
  machine.setRegistryValue(`${nls}\\Language`, 'Default', { type: 'string', data: lcid });
  // A value with this name, not the default value of the key.
  machine.setRegistryValue(`${nls}\\Locale`, '(Default)', { type: 'string', data: `0000${lcid}` });
  return true;
}
