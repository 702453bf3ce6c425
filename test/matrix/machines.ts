// How a machine of each role is deployed: what a person decides when it is made from the image. Written by hand from
// Microsoft's pages on hardware, network interfaces and membership; what fits the catalogue by chance proves nothing.

const member = 'domain: lync.example.net\n';
const large = 'memoryMb: 32768\nprocessors: 12\n';
const medium = 'memoryMb: 16384\nprocessors: 8\n';

/** One card with a fixed address. */
const oneCard = `adapters:
  - ipv4: [10.1.1.21]
    gateway: [10.1.1.1]
    dns: [10.1.1.5]
`;

/** Outside three addresses and the only gateway; inside one, on another subnet. */
const perimeter = `adapters:
  - name: external
    ipv4: [203.0.113.11, 203.0.113.12, 203.0.113.13]
    gateway: [203.0.113.1]
    dns: [203.0.113.5]
  - name: internal
    ipv4: [10.2.1.21]
`;

const inDomain = (hardware: string): string => `name: LYNC01\n${member}${hardware}${oneCard}`;

/** `twin start --as` of each role. */
export const machines: Readonly<Record<string, string>> = {
  'admin-tools': inDomain(medium),
  archiving: inDomain(large),
  'back-end': inDomain(large),
  director: inDomain(medium),
  edge: `name: EDGE01\nworkgroup: PERIMETER\ndnsSuffix: lync.example.net\n${medium}${perimeter}`,
  'file-store': inDomain(medium),
  'front-end': inDomain(large),
  mediation: inDomain(medium),
  monitoring: inDomain(large),
  'office-web-apps': inDomain(large),
  'persistent-chat': inDomain(large),
  'persistent-chat-store': inDomain(large),
  'reverse-proxy': `name: PROXY01\nworkgroup: PERIMETER\ndnsSuffix: lync.example.net\n${medium}${perimeter}`,
  'standard-edition': inDomain(large),
  'survivable-branch-server': inDomain(large),
  'trusted-application': inDomain(large),
  witness: inDomain(medium),
};
