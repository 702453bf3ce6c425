// The store of trusted roots, which is made of four keys of the registry.
import { certificateRulesOf } from './followers.js';
import { inputAs } from './inputs.js';
import { sharing, type Mutate, type Mutation } from './mutation.js';
import type { RootSubkey, WrongRoots } from './root-certificates.js';

const local = 'SOFTWARE\\Microsoft\\SystemCertificates\\ROOT\\Certificates';
const policy = 'SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\ROOT\\Certificates';
const enterprise = 'SOFTWARE\\Microsoft\\EnterpriseCertificates\\ROOT\\Certificates';
const thirdParty = 'SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\Certificates';

export const mutateCertificates =
  (wrong: WrongRoots): Mutate =>
  (need) => {
    const { rule, atMost = 100 } = inputAs(need, 'certificates');
    const more = (what: string, key: string, roots: readonly RootSubkey[]): Mutation => ({
      what,
      change: (copy) => {
        copy.subkeys(key, (subkeys) => [...subkeys, ...roots]);
      },
      outcome: sharing([rule], certificateRulesOf),
    });
    switch (rule) {
      case 'self-signed-roots':
        return [
          more('an intermediate authority among the roots', local, [wrong.intermediate]),
          more('an intermediate authority by policy', policy, [wrong.intermediate]),
        ];
      case 'root-count':
        return [
          {
            what: 'one root more than may be',
            change: (copy) => {
              let count = 0;
              for (const key of [local, policy, enterprise, thirdParty])
                copy.subkeys(key, (subkeys) => {
                  count += subkeys.length;
                  return subkeys;
                });
              const added = wrong.hundred.slice(0, atMost + 1 - count);
              copy.subkeys(thirdParty, (subkeys) => [...subkeys, ...added]);
            },
            outcome: sharing([rule], certificateRulesOf),
          },
        ];
      case 'root-size':
        return [more('roots with long names', enterprise, wrong.longNamed)];
      case 'no-md5':
        return [more('a root signed with MD5', local, [wrong.md5])];
      case 'no-duplicates':
        return [
          {
            what: 'a root twice',
            change: (copy) => {
              let twice: Parameters<Parameters<typeof copy.subkeys>[1]>[0] = [];
              copy.subkeys(local, (subkeys) => {
                twice = subkeys.slice(0, 1);
                return subkeys;
              });
              copy.subkeys(policy, (subkeys) => [...subkeys, ...twice]);
            },
            outcome: sharing([rule], certificateRulesOf),
          },
        ];
      default:
        return [];
    }
  };
