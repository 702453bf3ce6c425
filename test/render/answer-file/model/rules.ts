// The words in which the reference is written: what a setting, a component and a value is.
import { editions, type Purpose, type System } from './machine.js';

export type Pass =
  'windowsPE' | 'offlineServicing' | 'generalize' | 'specialize' | 'auditSystem' | 'auditUser' | 'oobeSystem';

/** In the order in which they run. */
export const passes: readonly Pass[] = [
  'windowsPE',
  'offlineServicing',
  'generalize',
  'specialize',
  'auditSystem',
  'auditUser',
  'oobeSystem',
];

export type ValueRule = (text: string, purpose: Purpose) => boolean;

export interface SettingRule {
  /** Of a setting that stands right in a component; those inside go with it. */
  passes?: readonly Pass[];
  /** Systems that know it; all where absent. */
  systems?: readonly System[];
  /** A group of settings, or else `value`. */
  children?: Readonly<Record<string, SettingRule>>;
  value?: ValueRule;
  /** It may stand there several times: `add` needs wcm:action, `key` a wcm:keyValue too. */
  list?: 'add' | 'key';
  /** Where an installation, or an image, is not what it must be without it. */
  needed?: (purpose: Purpose, pass: Pass) => boolean;
  /** Why it must not be there. */
  barred?: (purpose: Purpose) => string | null;
}

export interface ComponentRule {
  systems?: readonly System[];
  settings: Readonly<Record<string, SettingRule>>;
  /** The pass in which a file of this purpose must have it; all of them. */
  needed: (purpose: Purpose) => readonly Pass[];
}

export const always = (): boolean => true;
export const is =
  (...words: string[]): ValueRule =>
  (text) =>
    words.includes(text);
export const upTo =
  (length: number): ValueRule =>
  (text) =>
    text.length > 0 && text.length <= length;
export const like =
  (form: RegExp): ValueRule =>
  (text) =>
    form.test(text);
export const bool = is('true', 'false');
export const integer = like(/^\d+$/);
export const tag = like(/^[a-z]{2,3}-[A-Z]{2}$/);
export const keyboard = like(/^[0-9a-f]{4}:[0-9a-f]{8}$/i);
export const showUi = is('Always', 'OnError', 'Never');
export const productKey: ValueRule = (text, { key, system }) =>
  key === 'kms'
    ? Object.values(editions[system]).includes(text)
    : /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/.test(text);

export const install = ({ file }: Purpose): boolean => file === 'install';
export const since2012: readonly System[] = ['2012', '2012r2'];
export const inPass =
  (wanted: Pass) =>
  (_: Purpose, pass: Pass): boolean =>
    pass === wanted;

export const pe: readonly Pass[] = ['windowsPE'];
