// Every shape in which a secret can turn up in the output of a tool: as it is, escaped for the language that it was
// put into, or in base64, alone (PowerShell's -EncodedCommand) or in the middle of something (a Basic header).

/** Shorter fragments of base64 would match by chance. */
const shortestFragment = 6;
/** A line of a many-line secret that is shorter than this (`-----`, `}`) says nothing. */
const shortestLine = 6;

/** All texts to look for, longest first, so that a form is not cut by a shorter one inside it. */
export function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const line of linesOf(secret)) {
      for (const form of [...escaped(line), ...base64Forms(line)]) forms.add(form);
    }
  }
  return [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** Output is looked at line by line, so a key of many lines is as many secrets. */
function linesOf(secret: string): string[] {
  if (!secret.includes('\n')) return secret === '' ? [] : [secret];
  return secret
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
}

function escaped(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    percent.replaceAll('%20', '+'),
    xml(secret),
    xml(secret).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    // A single quote inside single quotes, as sh and as PowerShell write it.
    secret.replaceAll("'", String.raw`'\''`),
    secret.replaceAll("'", "''"),
  ];
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function base64Forms(secret: string): string[] {
  const forms: string[] = [];
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const bytes = Buffer.from(secret, encoding);
    for (const offset of [0, 1, 2]) {
      const fragment = base64Inside(bytes, offset);
      if (fragment.length < shortestFragment) continue;
      forms.push(fragment, fragment.replaceAll('+', '-').replaceAll('/', '_'));
    }
  }
  return forms;
}

/**
 * The part of base64 that these bytes make wherever they begin: at a multiple of three, or one or two bytes after it.
 * The characters at both ends that also hold bits of a neighbour are left out.
 */
function base64Inside(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(first, end);
}
