// What can be asked of CIM: a query as it is, or its parts.
import { classUri } from '../namespaces.js';

export type CimQuestion = WqlQuestion | ClassQuestion;

export interface WqlQuestion {
  /** With slashes, e.g. `root/cimv2`. */
  namespace: string;
  wql: string;
}

/** A question whose parts are known: it can be asked in pieces where an instance is too large for one message. */
export interface ClassQuestion {
  namespace: string;
  className: string;
  properties: readonly string[];
  /** A WQL condition, e.g. `DriveType=3`. */
  where?: string | undefined;
  /** The property that tells the instances apart. Without it only a class of one instance can be asked in pieces. */
  key?: string | undefined;
}

/** A query as it goes over the wire. */
export interface Query {
  doing: string;
  resourceUri: string;
  wql: string;
}

/** As WQL, which every WMI resource takes. */
export function queryOf(question: CimQuestion): Query {
  const wql = 'wql' in question ? question.wql : wqlOf(question);
  return { doing: `"${wql}"`, resourceUri: classUri(question.namespace, '*'), wql };
}

function wqlOf({ className, properties, where }: ClassQuestion): string {
  const columns = properties.length === 0 ? '*' : properties.join(',');
  return `select ${columns} from ${className}${where === undefined ? '' : ` where ${where}`}`;
}
