// The settings that there are. A new setting is a new file and one line here.
import { automaticUpdates } from './automatic-updates.js';
import { ieEsc } from './ie-esc.js';
import { locale } from './locale.js';
import { powerPlan } from './power-plan.js';
import type { Setting } from './setting.js';
import { timeZone } from './time-zone.js';
import { winhttpProxy } from './winhttp-proxy.js';
import { wsus } from './wsus.js';

/** By the name that a role uses. What a schema let through, only that setting may be given. */
export const settings: ReadonlyMap<string, Setting<unknown>> = new Map(
  ([powerPlan, timeZone, locale, ieEsc, automaticUpdates, wsus, winhttpProxy] as Setting<unknown>[]).map(
    (setting) => [setting.name, setting],
  ),
);
