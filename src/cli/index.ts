/**
 * cli: what commands share: the base command (flags, signals, errors), the choice of sinks, exit codes.
 *
 * Commands declare, parse, call and print; what two of them need stands here. Child processes and the twin are out of
 * reach of this room.
 */
export { BaseCommand } from './base-command.js';
