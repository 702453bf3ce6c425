// Looks through the layers of a command line: Ansible wraps a script once or twice into
// `PowerShell … -EncodedCommand <base64 of UTF-16LE>`; the innermost text is the script (facts: captured).
import { programName, splitWords } from './command-words.js';

export type CommandLine =
  | { kind: 'powershell'; script: string }
  /** Anything else: what cmd.exe is to run. */
  | { kind: 'program'; line: string };

/** A bomb of layers is no script; Ansible uses two. */
const maxLayers = 5;

export function readCommandLine(line: string): CommandLine {
  let script: string | undefined;
  let text = line;
  for (let layer = 0; layer < maxLayers; layer++) {
    const inner = encodedCommand(text);
    if (inner === undefined) break;
    script = inner;
    text = inner;
  }
  return script === undefined ? { kind: 'program', line: line.trim() } : { kind: 'powershell', script };
}

function encodedCommand(text: string): string | undefined {
  // Cheap first: a script is long, and only such a line starts so.
  if (!/^\s*"?[^\s"]*powershell/i.test(text) || /[\r\n]./.test(text.trim())) return undefined;
  const [program, ...words] = splitWords(text);
  if (program === undefined || programName(program) !== 'powershell') return undefined;
  const at = words.findIndex((word) => isEncodedCommand(word));
  const encoded = at < 0 ? undefined : words[at + 1];
  if (encoded === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf16le');
}

/** PowerShell takes any beginning of a parameter's name, and `-ec`. */
function isEncodedCommand(word: string): boolean {
  const name = /^[-/](\w+)$/.exec(word)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return name === 'ec' || 'encodedcommand'.startsWith(name);
}
