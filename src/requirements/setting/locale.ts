// The system locale: the language of programs that know no Unicode. It holds from the next start on.
import { z } from 'zod';
import type { RegistryQuery } from '../facts.js';
import { restartTask } from '../restart.js';
import { sameText } from '../rows.js';
import type { Setting } from './setting.js';

/** Locale ids, four hexadecimal digits (MS-LCID, high). */
const locales: Readonly<Record<string, string>> = {
  'ar-SA': '0401',
  'bg-BG': '0402',
  'cs-CZ': '0405',
  'da-DK': '0406',
  'de-AT': '0c07',
  'de-CH': '0807',
  'de-DE': '0407',
  'el-GR': '0408',
  'en-AU': '0c09',
  'en-CA': '1009',
  'en-GB': '0809',
  'en-IE': '1809',
  'en-IN': '4009',
  'en-US': '0409',
  'en-ZA': '1c09',
  'es-ES': '0c0a',
  'es-MX': '080a',
  'et-EE': '0425',
  'fi-FI': '040b',
  'fr-BE': '080c',
  'fr-CA': '0c0c',
  'fr-CH': '100c',
  'fr-FR': '040c',
  'he-IL': '040d',
  'hr-HR': '041a',
  'hu-HU': '040e',
  'it-CH': '0810',
  'it-IT': '0410',
  'ja-JP': '0411',
  'ko-KR': '0412',
  'lt-LT': '0427',
  'lv-LV': '0426',
  'nb-NO': '0414',
  'nl-BE': '0813',
  'nl-NL': '0413',
  'pl-PL': '0415',
  'pt-BR': '0416',
  'pt-PT': '0816',
  'ro-RO': '0418',
  'ru-RU': '0419',
  'sk-SK': '041b',
  'sl-SI': '0424',
  'sv-SE': '041d',
  'th-TH': '041e',
  'tr-TR': '041f',
  'uk-UA': '0422',
  'zh-CN': '0804',
  'zh-HK': '0c04',
  'zh-TW': '0404',
};

const query: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: 'SYSTEM\\CurrentControlSet\\Control\\Nls\\Language',
  value: { name: 'Default', type: 'string' },
};

export const locale: Setting<string> = {
  name: 'locale',
  id: 'locale',
  schema: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'A locale is a language and a country, e.g. de-DE.')
    .meta({ description: 'The system locale, e.g. de-DE.' }),
  problem: (name) =>
    Object.hasOwn(locales, name)
      ? undefined
      : {
          message: `The number that Windows gives the locale ${name} is not known here.`,
          hint: `Known: ${Object.keys(locales).join(', ')}.`,
        },
  title: (name) => `System locale ${name}`,
  tasks: (name, comments) => [
    {
      name: `Set the system locale ${name}`,
      comments,
      // On 2008 R2, which has no cmdlet for it, the module writes the registry itself.
      module: 'community.windows.win_region',
      args: { unicode_language: name },
      register: 'lyncimg_locale',
    },
    restartTask('Restart where the system locale changed', 'lyncimg_locale.restart_required'),
  ],
  facts: () => [query],

  judge(name, facts) {
    const expected = `system locale ${name}`;
    const answer = facts.registry(query);
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    const data = answer.value.exists && 'data' in answer.value ? answer.value.data : undefined;
    // 2008 R2 writes four digits, some tools eight.
    const id = typeof data === 'string' && /^[0-9a-f]{4,8}$/i.test(data) ? data.slice(-4) : undefined;
    if (id === undefined)
      return { verdict: 'unknown', expected, cause: 'the registry does not say the system locale' };
    if (sameText(id, locales[name] ?? '')) return { verdict: 'pass', expected, actual: expected };
    const other = Object.entries(locales).find(([, lcid]) => sameText(lcid, id))?.[0];
    const actual = `system locale ${other ?? id}`;
    return {
      verdict: 'fail',
      expected,
      actual,
      fix: `Set-WinSystemLocale ${name} (2008 R2: intl.cpl), then restart.`,
    };
  },
};
