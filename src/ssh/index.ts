/**
 * ssh: one connection to a bastion, and streams through it to the hosts behind.
 *
 * `openBastion` checks the bastion's host key against known_hosts before anything of the user is sent, authenticates
 * with what the user has (agent, keys, password by environment) and gives a `Bastion`; each `dial` is one direct-tcpip
 * channel of RFC 4254, section 7.2, as a stream that TLS and HTTP take for a socket.
 *
 * This room knows nothing of WinRM: what the streams carry is their user's business.
 */
export { openBastion, type Bastion, type BastionOptions } from './bastion.js';
export { parseJump } from './jump.js';
