/**
 * programs: the few executables that playbooks and Packer start, each with the switches that they use.
 *
 * A program that is not here, and a switch that its file does not know, is "not modelled": `runProgram` gives
 * undefined and the caller says so by name. Nothing is ever taken for a success unseen.
 */
export { runProgram } from './run-program.js';
