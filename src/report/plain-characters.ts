// Texts of a machine under test end on somebody's terminal and in somebody's XML reader: only characters that are
// safe in both get through.

// Control sequences (CSI, e.g. colours and cursor moves), strings (OSC, e.g. window titles and links; DCS, APC, PM,
// SOS) and the two-character escapes; ECMA-48 5.4 and 5.6.
const terminalCodes =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

// What XML 1.0 forbids (its production 2: Char), lone surrogates included, and the C1 controls and DEL, which it
// allows and discourages.
// eslint-disable-next-line no-control-regex -- as above
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\p{Surrogate}]/gu;

// Marks that reorder what is around them: a text could show as another one (Unicode TR 36, section 2).
const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Without terminal codes; every character that XML 1.0 forbids, and every other control, becomes U+FFFD. */
export function plainCharacters(text: string): string {
  return text.replace(terminalCodes, '').replace(forbidden, '\ufffd').replace(bidirectional, '\ufffd');
}

/** The same on one line: runs of white space become one blank. */
export function plainLine(text: string): string {
  return plainCharacters(text).replace(/\s+/g, ' ').trim();
}
