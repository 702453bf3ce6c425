// Command lines as clients make them.

/** One layer, as pywinrm's caller and Packer send it. */
export function encoded(
  script: string,
  program = 'PowerShell -NoProfile -NonInteractive -ExecutionPolicy Unrestricted',
): string {
  return `${program} -EncodedCommand ${Buffer.from(script, 'utf16le').toString('base64')}`;
}

/** Ansible's shell plugin: strict mode before, the exit code after, blanks and empty lines gone, one layer around. */
export function ansibleScript(body: string): string {
  const script = `Set-StrictMode -Version Latest\r\n${body}\r\nIf (-not $?) { If (Get-Variable LASTEXITCODE -ErrorAction SilentlyContinue) { exit $LASTEXITCODE } Else { exit 1 } }\r\n`;
  const lines = script.split(/\r?\n/).map((line) => line.trim());
  return encoded(lines.filter((line) => line !== '').join('\n'));
}
