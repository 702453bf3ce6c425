// What of an address and of a server's words is for terminals and records.

/**
 * An address without user name, password, query and fragment: what is signed or secret stands there. Of what is no http
 * address everything before its last @ is left out.
 */
export function shownAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return `${url.origin}${url.pathname}`;
  return shownText(text.replace(/[?#].*$/su, '').replace(/^.*@/su, '…@'));
}

/** Control characters as escapes: a terminal takes some of them for commands. */
export function shownText(text: string): string {
  return text.replaceAll(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
