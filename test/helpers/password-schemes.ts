// One user with one password, taken by NTLM and by Basic, as a Windows host takes it.
import { basicServer, ntHash, ntlmServer, type ServerScheme } from '../../src/wsman/index.js';

export interface PasswordDoor {
  user: string;
  password: string;
  /** Each look at a password, with the user's name as it came. */
  onTry?: (user: string) => void;
}

export function passwordSchemes({ user, password, onTry }: PasswordDoor): ServerScheme[] {
  const isUser = (given: string): boolean => given.toLowerCase() === user.toLowerCase();
  return [
    ntlmServer({
      computerName: 'DOUBLE',
      version: [6, 3, 9600],
      ntHashOf: (given) => {
        onTry?.(given);
        return isUser(given) ? ntHash(password) : null;
      },
    }),
    basicServer((given) => {
      onTry?.(given.user);
      return isUser(given.user) && given.password === password;
    }),
  ];
}
