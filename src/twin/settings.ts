// Power plan and time zone: settings with a fixed list of values.
import type { Guest } from './guest.js';
import type { PowerPlan } from './outcomes.js';
import { timeZones } from './time-zones.js';

/** GUIDs: powercfg, the same on every Windows (high). A fresh server runs on Balanced. */
const plans = [
  { name: 'Balanced', guid: '381b4222-f694-41f0-9685-ff5bb260df2e' },
  { name: 'High performance', guid: '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c' },
  { name: 'Power saver', guid: 'a1841308-3541-4fab-bc81-f71556f20b4a' },
] as const;

export const defaultPowerPlan = plans[0].guid;
export const powerPlanGuids: readonly string[] = plans.map(({ guid }) => guid);
export const defaultTimeZone = 'Pacific Standard Time';

export function powerPlans(guest: Guest): PowerPlan[] {
  return plans.map((plan) => ({ ...plan, active: plan.guid === guest.state.powerPlan }));
}

/** By name or GUID (with braces or without), any case; false when there is none such. */
export function setPowerPlan(guest: Guest, wanted: string): boolean {
  const text = wanted
    .trim()
    .toLowerCase()
    .replace(/^\{|\}$/g, '');
  const plan = plans.find(({ name, guid }) => name.toLowerCase() === text || guid === text);
  if (plan === undefined) return false;
  guest.state.powerPlan = plan.guid;
  return true;
}

/** False when Windows knows no such id (tzutil /s fails). `<id>_dstoff` is taken, as tzutil takes it. */
export function setTimeZone(guest: Guest, id: string): boolean {
  const [, base = '', off = ''] = /^(.*?)(_dstoff)?$/i.exec(id.trim()) ?? [];
  const zone = timeZones.find((each) => each.id.toLowerCase() === base.toLowerCase());
  if (zone === undefined) return false;
  guest.state.timeZone = zone.id + off.toLowerCase();
  return true;
}

/** Minutes east of UTC without daylight saving: Win32_TimeZone.Bias. */
export function timeZoneBias(id: string): number {
  return timeZones.find((zone) => zone.id === id.replace(/_dstoff$/, ''))?.bias ?? 0;
}
