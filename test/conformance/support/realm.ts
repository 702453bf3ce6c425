// A realm of MIT Kerberos in a folder: one KDC on loopback, one user, one service.
import { execa } from 'execa';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { until } from '../../helpers/processes.js';

const realm = 'LYNCIMG.TEST';

export const realmPackages = {
  'krb5-kdc': '/usr/sbin/krb5kdc',
  'krb5-admin-server': '/usr/sbin/kadmin.local',
  'krb5-user': '/usr/bin/kinit',
  'libkrb5-dev': '/usr/bin/krb5-config',
};

export interface Realm {
  /** Who the user is: KRB5_CONFIG and KRB5CCNAME; before `logIn` there is no ticket. */
  userEnvironment: Record<string, string>;
  /** Who the service is: KRB5_CONFIG and KRB5_KTNAME, with the key of HTTP/localhost. */
  serviceEnvironment: Record<string, string>;
  user: string;
  logIn(): Promise<void>;
  close(): Promise<void>;
}

export async function startRealm(folder: string): Promise<Realm> {
  const port = await freePort();
  const inside = (name: string): string => join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(inside('krb5.conf'), userConfiguration(port));
  await writeFile(inside('kdc.conf'), kdcConfiguration(folder, port));
  const env = {
    PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`,
    KRB5_CONFIG: inside('krb5.conf'),
    KRB5_KDC_PROFILE: inside('kdc.conf'),
  };
  const how = { env, extendEnv: false, stdin: 'ignore' } as const;
  const user = `someone@${realm}`;
  await execa('kdb5_util', ['create', '-s', '-r', realm, '-P', 'of-this-test'], how);
  const keys = { [user]: inside('user.keytab'), [`HTTP/localhost@${realm}`]: inside('service.keytab') };
  for (const [principal, keytab] of Object.entries(keys)) {
    await execa('kadmin.local', ['-r', realm, '-q', `addprinc -randkey ${principal}`], how);
    await execa('kadmin.local', ['-r', realm, '-q', `ktadd -k ${keytab} ${principal}`], how);
  }
  // -n: it stays a child, and ends with this process at the latest.
  const kdc = execa('krb5kdc', ['-n', '-r', realm], { ...how, reject: false });
  const hasEnded = (): boolean => kdc.pid === undefined || kdc.exitCode !== null;
  await until(async () => hasEnded() || (await answers(port)));
  if (hasEnded()) throw new Error(`krb5kdc ended: ${(await kdc).stderr}`);
  const userEnvironment = { KRB5_CONFIG: inside('krb5.conf'), KRB5CCNAME: `FILE:${inside('tickets')}` };
  return {
    userEnvironment,
    serviceEnvironment: {
      KRB5_CONFIG: inside('krb5.conf'),
      KRB5_KTNAME: `FILE:${inside('service.keytab')}`,
      // One that another user of the machine owns would be in the way.
      KRB5RCACHENAME: 'none:',
    },
    user,
    logIn: async () => {
      const args = ['-k', '-t', inside('user.keytab'), user];
      await execa('kinit', args, { ...how, env: { ...env, ...userEnvironment } });
    },
    close: async () => {
      kdc.kill();
      await kdc;
    },
  };
}

function userConfiguration(port: number): string {
  return `[libdefaults]
  default_realm = ${realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  ${realm} = {
    kdc = 127.0.0.1:${port}
  }
[domain_realm]
  localhost = ${realm}
`;
}

function kdcConfiguration(folder: string, port: number): string {
  return `[realms]
  ${realm} = {
    database_name = ${folder}/principals
    key_stash_file = ${folder}/stash
    acl_file = ${folder}/acl
    kdc_listen = ""
    kdc_tcp_listen = 127.0.0.1:${port}
  }
[logging]
  kdc = FILE:${folder}/kdc.log
  admin_server = FILE:${folder}/admin.log
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
