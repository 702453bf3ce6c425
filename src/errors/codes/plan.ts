// The codes of the room `plan`, and of what a plan is asked with. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const planCodes = {
  /** The role exists, but Lync Server 2013 does not support it on this operating system. */
  E_ROLE_OS: code<{ role: string; os: string; supports: string[] }>({
    title: 'a role on an operating system that it does not support',
    message: ({ role, os, supports }) =>
      `The role ${role} cannot be planned for ${os}; it supports ${supports.join(', ')}.`,
    hint: ({ supports }) => supports.map((id) => `Use --os ${id}.`).slice(0, 3),
    exit: 2,
  }),
  /** Requirements that must each come after the other. */
  E_REQUIREMENT_CYCLE: code<{ role: string; ids: string[] }>({
    title: 'requirements that wait for each other',
    message: ({ role, ids }) =>
      `In the role ${role} each of these must come after another: ${ids.join(', ')}.`,
    exit: 2,
  }),
  /** A requirement of a parent role that can only come after one of its child's. */
  E_REQUIREMENT_ORDER: code<{ id: string; role: string; after: string; laterRole: string }>({
    title: 'a requirement that needs a later layer',
    message: ({ id, role, after, laterRole }) =>
      `${id} of the role ${role} must come after ${after}, which only the later layer ${laterRole} installs.`,
    hint: ({ after, role }) => `Declare ${after} in ${role} or in a role that it extends.`,
    exit: 2,
  }),
  /** A plan file that is not a plan, or not a whole one. */
  E_PLAN_FILE: code<{ path: string; message: string }>({
    title: 'a file that is not a plan',
    message: ({ path, message }) =>
      path === '' ? `This is not a plan: ${message}` : `This is not a plan: ${path}: ${message}`,
    hint: () => 'lyncimg plan --json prints one; lyncimg generate writes one as plan.json.',
    exit: 2,
  }),
  /** Nothing says which platform to build on; there is no silent default. */
  E_PLATFORM_MISSING: code<{ known: string[] }>({
    title: 'no platform given',
    message: () => 'Neither --platform nor a lyncimg.yaml here says which platform to plan for.',
    hint: ({ known }) => [
      'For a rehearsal on the modelled server: --platform twin',
      `Known platforms: ${known.join(', ')}.`,
    ],
    exit: 2,
  }),
  /** A platform that this version does not know. */
  E_PLATFORM_UNKNOWN: code<{ platform: string; known: string[] }>({
    title: 'an unknown platform',
    message: ({ platform }) => `There is no platform "${platform}".`,
    hint: ({ known }) => `Known platforms: ${known.join(', ')}.`,
    exit: 2,
  }),
  /** Nothing says which operating system. */
  E_OS_MISSING: code<{ known: readonly string[] }>({
    title: 'no operating system given',
    message: () => 'Neither --os nor a lyncimg.yaml here says which operating system to plan for.',
    hint: ({ known }) => `Give one of --os ${known.join(', --os ')}.`,
    exit: 2,
  }),
  /** An operating system that the catalogue does not hold. */
  E_OS_UNAVAILABLE: code<{ os: string; known: readonly string[] }>({
    title: 'an operating system that the catalogue does not hold',
    message: ({ os }) => `The catalogue has no operating system "${os}".`,
    hint: ({ known }) => `Known: ${known.join(', ')}.`,
    exit: 2,
  }),
  /** Nothing says which role. */
  E_ROLE_MISSING: code<{ known: string[] }>({
    title: 'no role given',
    message: () => 'Neither --role nor a lyncimg.yaml here says which role to plan for.',
    hint: ({ known }) => `Give one of: ${known.join(', ')}.`,
    exit: 2,
  }),
};
