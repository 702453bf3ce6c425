// Answers as bytes, right and wrong ones.
import type { Socket } from 'node:net';

export const soapType = 'application/soap+xml;charset=UTF-8';

/** With a length and a type unless the headers say otherwise. */
export function http(
  status: number,
  body: Buffer | string = '',
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'Content-Length': String(bytes.length), 'Content-Type': soapType, ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => `${name}: ${one}\r\n`),
  );
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`), bytes]);
}

const namespaces =
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
  'xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" ' +
  'xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service"';

/** An envelope that answers this request, and nothing else. */
export function envelope(request: { body: Buffer | string }, body: string): string {
  const id = /MessageID>([^<]*)</.exec(request.body.toString())?.[1] ?? '';
  return `<s:Envelope ${namespaces}><s:Header><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

export function page({ items, context }: { items: string; context: string | null }, first: boolean): string {
  const [answer, prefix] = first ? ['EnumerateResponse', 'w'] : ['PullResponse', 'n'];
  const end =
    context === null
      ? `<${prefix}:EndOfSequence/>`
      : `<n:EnumerationContext>${context}</n:EnumerationContext>`;
  return `<n:${answer}>${end}<${prefix}:Items>${items}</${prefix}:Items></n:${answer}>`;
}

export function isPull({ body }: { body: Buffer | string }): boolean {
  return body.toString().includes('enumeration/Pull<');
}

export function service(name: string): string {
  return `<p:Win32_Service><p:Name>${name}</p:Name></p:Win32_Service>`;
}

export function fault(subcode: string, code: number): string {
  return (
    `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code>` +
    '<s:Reason><s:Text>no</s:Text></s:Reason><s:Detail>' +
    `<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="${code}"><f:Message/></f:WSManFault>` +
    '</s:Detail></s:Fault>'
  );
}

/** A byte at a time, for as long as the other side stands it. */
export function drip(socket: Socket, bytes: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(bytes.subarray(at, at + 1));
    at += 1;
    if (at === bytes.length) clearInterval(timer);
  }, 5);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

/** The same bytes over and over, as fast as they are read. Tells how many went out. */
export function flood(socket: Socket, bytes: Buffer, total = Infinity): { sent: number } {
  const count = { sent: 0 };
  const more = (): void => {
    while (count.sent < total && !socket.destroyed) {
      count.sent += bytes.length;
      if (!socket.write(bytes)) return;
    }
  };
  socket.on('drain', more);
  more();
  return count;
}
