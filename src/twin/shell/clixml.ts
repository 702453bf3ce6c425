// PowerShell writes its error stream as CLIXML when it was started with -EncodedCommand and its output is redirected
// (MS-PSRP 2.2.5; Ansible's and pywinrm's readers take the texts with S="Error").

export function clixmlError(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => `<S S="Error">${escapeXml(line)}_x000D__x000A_</S>`);
  return `#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${lines.join('')}</Objs>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
