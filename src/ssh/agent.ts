// The keys that an ssh-agent holds, each as a way in of its own.
import type { AgentAuthMethod, BaseAgent, ParsedKey } from 'ssh2';
import type ssh2Module from 'ssh2';

/** ssh2 is loaded late, and handed on. */
export type Ssh2 = typeof ssh2Module;

/** Rejects where the agent does not answer as one. */
export function agentKeys(agent: BaseAgent): Promise<ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) reject(error);
      else
        resolve(
          (keys ?? []).filter((key): key is ParsedKey => typeof key === 'object' && 'getPublicSSH' in key),
        );
    });
  });
}

/** Tries that key and no other of the agent: ssh2 by itself would go through all of them, once more each time. */
export function throughAgent(
  ssh2: Ssh2,
  { path, key, username }: { path: string; key: ParsedKey; username: string },
): AgentAuthMethod {
  const agent = ssh2.createAgent(path);
  agent.getIdentities = (done) => {
    done(null, [key]);
  };
  return { type: 'agent', username, agent };
}
