// pywinrm of today, with requests_ntlm and pyspnego below it.
import { pywinrmSuite } from '../helpers/pywinrm-suite.js';
import { pythonWith } from './support/python.js';

pywinrmSuite('pywinrm of today', (context) => pythonWith(context, 'requirements.txt'));
