// The time zone.
import { z } from 'zod';
import type { RegistryQuery } from '../facts.js';
import { sameText } from '../rows.js';
import type { Setting } from './setting.js';

/** TimeZoneKeyName, because Win32_TimeZone gives translated names alone. */
const query: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: 'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation',
  value: { name: 'TimeZoneKeyName', type: 'string' },
};

export const timeZone: Setting<string> = {
  name: 'timeZone',
  id: 'time-zone',
  schema: z
    .string()
    .regex(
      /^[A-Za-z][\w .()+-]*$/,
      'A time zone is named as tzutil /l lists it, e.g. W. Europe Standard Time.',
    )
    .refine((zone) => !zone.endsWith('_dstoff'), 'Daylight saving cannot be switched off here.')
    .meta({ description: 'Name as `tzutil /l` lists it.' }),
  title: (zone) => `Time zone ${zone}`,
  tasks: (zone, comments) => [
    {
      name: `Set the time zone ${zone}`,
      comments,
      module: 'community.windows.win_timezone',
      args: { timezone: zone },
    },
  ],
  facts: () => [query],

  judge(expected, facts) {
    const answer = facts.registry(query);
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    const data = answer.value.exists && 'data' in answer.value ? answer.value.data : undefined;
    if (typeof data !== 'string')
      return { verdict: 'unknown', expected, cause: 'the registry does not name the time zone' };
    // Windows pads the value with what was in memory behind its end.
    const actual = data.split('\0')[0] ?? '';
    return sameText(actual, expected)
      ? { verdict: 'pass', expected, actual }
      : { verdict: 'fail', expected, actual, fix: `tzutil /s "${expected}"` };
  },
};
