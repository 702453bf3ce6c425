// Keys of the tests. Never ed25519: ssh2 1.17 drops leading zeros of what it generates, so that every 256th such key is
// malformed (`lib/keygen.js`, "Remove leading zero bytes").
import ssh2 from 'ssh2';

/** In OpenSSH's format; locked where a passphrase is given. */
export function keyPair(passphrase?: string): { private: string; public: string } {
  const bits = { bits: 256 } as const;
  if (passphrase === undefined) return ssh2.utils.generateKeyPairSync('ecdsa', bits);
  return ssh2.utils.generateKeyPairSync('ecdsa', { ...bits, passphrase, cipher: 'aes256-ctr', rounds: 1 });
}
