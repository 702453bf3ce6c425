// community.windows.win_timezone 1.13.0 (win_timezone.ps1, read): tzutil /g, /l and /s.
import type { ModuleCall } from './call.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, notModelled, type ModuleReply } from './reply.js';

export function winTimezone(call: ModuleCall): ModuleReply {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  const timezone = given.str('timezone', { required: true }) ?? '';
  const previous = machine.timeZone();
  const result = { changed: false, previous_timezone: previous, timezone };
  if (previous.toLowerCase() === timezone.toLowerCase()) return exitJson(result);
  const listed = timezone.replace(/_dstoff/gi, '').toLowerCase();
  if (!machine.timeZones().some((id) => id.toLowerCase() === listed)) {
    return failJson(`The specified timezone: ${timezone} isn't supported on the machine.`, result);
  }
  if (listed !== timezone.toLowerCase()) {
    return failJson(notModelled('a time zone without daylight saving (_dstoff)'), result);
  }
  if (!given.checkMode && !machine.setTimeZone(timezone)) {
    return failJson(`Error setting timezone to: ${timezone}.`, result);
  }
  const diff = given.diffMode ? { diff: { before: `${previous}\n`, after: `${timezone}\n` } } : {};
  return exitJson({ ...result, ...diff, changed: true });
}
