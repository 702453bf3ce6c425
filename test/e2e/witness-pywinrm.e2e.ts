// pywinrm 0.3.0 of Debian 12, with requests-ntlm and ntlm-auth below it: what Debian's Ansible uses.
import { pywinrmSuite } from '../helpers/pywinrm-suite.js';

pywinrmSuite('pywinrm of Debian', () => '/usr/bin/python3');
