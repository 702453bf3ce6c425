// Checks a request and settles what it leaves open. Every problem is found, not only the first.
import { fail, orThrow, ok, problems, type LyncimgError } from '../../errors/index.js';
import { keyboardOf } from './keyboards.js';
import { isProductKey, productKeyVariable } from './product-key.js';
import type { AnswerFileRequest, Decided, GeneralizeRequest } from './request.js';
import { forbiddenCharacter } from './xml.js';

/** Microsoft's reference, each on the setting's own page. */
const limits = { owner: 63, command: 1024, timeZone: 256, path: 259 };

/** Titles and names of the catalogue; no limit of Microsoft's. */
const longestTitle = 256;

/** Of Windows Setup, as its documentation of unattended installation gives it. */
const longestPassword = 127;

/** Throws ProblemsError of E_ANSWER_*. */
export function decideInstall(request: AnswerFileRequest): Decided<AnswerFileRequest> {
  return decided(request, [
    ...problemsOfText('The first-logon command', request.firstLogonCommand, limits.command),
    ...request.drivers.flatMap(problemsOfFolder),
    ...(request.reveal ? problemsOfSecrets(request) : []),
  ]);
}

/** Throws ProblemsError of E_ANSWER_*. */
export function decideGeneralize(request: GeneralizeRequest): Decided<GeneralizeRequest> {
  return decided(request, []);
}

function decided<Request extends AnswerFileRequest | GeneralizeRequest>(
  request: Request,
  more: readonly LyncimgError[],
): Decided<Request> {
  const { os, edition, language, locale, timeZone, owner } = request;
  const keyboard = request.keyboard ?? keyboardOf(locale);
  const found = [
    ...problemsOfText('The title of the operating system', os.title, longestTitle),
    ...problemsOfText('The title of the edition', edition.title, longestTitle),
    ...problemsOfText("The name of the edition's image", edition.imageName, longestTitle),
    ...problemsOfKey(`The KMS client key of ${os.title}`, edition.kmsClientKey),
    ...problemsOfLocale('The language of the medium', language),
    ...problemsOfLocale('The locale', locale),
    ...(keyboard !== null && /^[0-9a-f]{4}:[0-9a-f]{8}$/i.test(keyboard)
      ? []
      : [fail('E_ANSWER_KEYBOARD', { locale, keyboard })]),
    ...problemsOfText('The time zone', timeZone, limits.timeZone),
    ...(owner === undefined
      ? []
      : [
          ...problemsOfText("The owner's name", owner.name, limits.owner),
          ...problemsOfText("The owner's organisation", owner.organization, limits.owner),
        ]),
    ...more,
  ];
  return orThrow(found.length === 0 ? ok({ ...request, keyboard: keyboard ?? '' }) : problems(found));
}

function problemsOfText(what: string, text: string, limit: number): LyncimgError[] {
  const character = forbiddenCharacter(text);
  if (character !== null) return [fail('E_ANSWER_CHARACTER', { what, character })];
  const isFitting = text.length > 0 && text.length <= limit;
  return isFitting ? [] : [fail('E_ANSWER_LENGTH', { what, length: text.length, limit })];
}

/** They come from a platform's own code: what is no relative folder is a defect. */
function problemsOfFolder(folder: string): LyncimgError[] {
  if (!/^[^\\/:]+(?:\\[^\\/:]+)*$/.test(folder)) {
    throw new Error(`not a folder on a disc, with backslashes: ${JSON.stringify(folder)}`);
  }
  return problemsOfText('A folder of drivers', folder, limits.path - 'D:\\'.length);
}

function problemsOfLocale(what: string, value: string): LyncimgError[] {
  const isLocale = /^[a-z]{2,3}-[A-Z]{2}$/.test(value);
  return isLocale ? [] : [fail('E_ANSWER_LOCALE', { what, value })];
}

function problemsOfSecrets({
  key,
  administratorPassword: password,
}: Extract<AnswerFileRequest, { reveal: true }>): LyncimgError[] {
  return [
    ...(key.policy === 'own' ? problemsOfKey(productKeyVariable, key.productKey) : []),
    ...problemsOfPassword(password),
  ];
}

function problemsOfKey(what: string, key: string): LyncimgError[] {
  return isProductKey(key) ? [] : [fail('E_ANSWER_PRODUCT_KEY', { what })];
}

function problemsOfPassword(password: string): LyncimgError[] {
  if (password === '') return [fail('E_ANSWER_PASSWORD', { problem: 'empty' })];
  if (!/^[\x20-\x7e]+$/.test(password)) return [fail('E_ANSWER_PASSWORD', { problem: 'characters' })];
  return password.length > longestPassword ? [fail('E_ANSWER_PASSWORD', { problem: 'too-long' })] : [];
}
