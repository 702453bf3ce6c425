// curl as a client of WS-Management: one Identify, and everything that came back.
import { execa } from 'execa';

export interface CurlOutcome {
  exitCode: number | undefined;
  /** Each answer in turn, as it came: status line, headers in their order, body. */
  answers: { status: string; headers: string[]; body: string }[];
  stderr: string;
}

const identify =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"' +
  ' xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">' +
  '<s:Header></s:Header><s:Body><i:Identify></i:Identify></s:Body></s:Envelope>';

export async function curlIdentify(
  url: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CurlOutcome> {
  const type = 'Content-Type: application/soap+xml;charset=UTF-8';
  const { exitCode, stdout, stderr } = await execa(
    'curl',
    [
      '--disable',
      '--silent',
      '--show-error',
      '--include',
      '--header',
      type,
      '--data',
      identify,
      ...args,
      url,
    ],
    {
      env: { PATH: process.env['PATH'] ?? '', no_proxy: '127.0.0.1', ...env },
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
      timeout: 30_000,
    },
  );
  return { exitCode, stderr, answers: stdout.split(/^(?=HTTP\/1\.1 )/m).map(readAnswer) };
}

function readAnswer(text: string): CurlOutcome['answers'][number] {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [status = '', ...headers] = head.split('\r\n');
  return { status, headers, body: body.join('\r\n\r\n') };
}
