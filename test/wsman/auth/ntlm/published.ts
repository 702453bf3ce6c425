// The values of MS-NLMP 4.2.1, 4.2.3 and 4.2.4.

export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

export const user = 'User';
export const domain = 'Domain';
export const password = 'Password';
export const workstation = 'COMPUTER';
export const serverName = 'Server';
export const serverChallenge = hex('0123456789abcdef');
export const clientChallenge = hex('aaaaaaaaaaaaaaaa');
export const time = Buffer.alloc(8);
export const randomSessionKey = Buffer.alloc(16, 0x55);
export const plaintext = Buffer.from('Plaintext', 'utf16le');

export const challengeFlags = 0xe28a8233;

export const temp = hex(`
  01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000
  02000c0044006f006d00610069006e00 01000c005300650072007600650072000000000000000000`);

export const challengeMessage = hex(`
  4e544c4d5353500002000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000
  2400240044000000 060070170000000f 530065007200760065007200
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000`);

export const authenticateMessage = hex(`
  4e544c4d5353500003000000 180018006c000000 5400540084000000 0c000c0048000000 0800080054000000
  100010005c000000 10001000d8000000 358288e2 0501280a0000000f
  44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200
  86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa
  68cd0ab851e51c96aabc927bebef6a1c
  01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 0000000000000000
  c5dad2544fc9799094ce1ce90bc9d03e`);
