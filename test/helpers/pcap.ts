// Recorded bytes as a capture file, without the rights to capture: each piece in TCP/IP frames between two made-up
// hosts, the server on port 5985, where Wireshark expects HTTP. Format: libpcap 2.4, link type 101 (raw IP).
import type { Piece } from './recording-relay.js';

const client = { address: [10, 0, 0, 1], firstPort: 40_000 };
const server = { address: [10, 0, 0, 2], port: 5985 };
/** As on Ethernet. */
const segmentBytes = 1460;
const flags = { syn: 0x02, ack: 0x10, push: 0x08 };

interface Ends {
  client: number;
  server: number;
}

export function toPcap(pieces: readonly Piece[]): Buffer {
  const frames: Buffer[] = [];
  const next = new Map<number, Ends>();
  const add = (piece: Piece, flag: number): void => {
    const ends = next.get(piece.connection) ?? { client: 0, server: 0 };
    const to = piece.from === 'client' ? 'server' : 'client';
    frames.push(frame(piece, { flag, sequence: ends[piece.from], acknowledged: ends[to] }));
    const taken = piece.bytes.length + ((flag & flags.syn) === 0 ? 0 : 1);
    next.set(piece.connection, { ...ends, [piece.from]: ends[piece.from] + taken });
  };
  const none = Buffer.alloc(0);
  for (const { connection, from, bytes } of pieces) {
    if (!next.has(connection)) {
      add({ connection, from: 'client', bytes: none }, flags.syn);
      add({ connection, from: 'server', bytes: none }, flags.syn | flags.ack);
      add({ connection, from: 'client', bytes: none }, flags.ack);
    }
    for (let start = 0; start < bytes.length; start += segmentBytes) {
      const part = bytes.subarray(start, start + segmentBytes);
      add({ connection, from, bytes: part }, flags.push | flags.ack);
    }
  }
  return Buffer.concat([
    fileHeader(),
    ...frames.flatMap((bytes, index) => [recordHeader(bytes, index), bytes]),
  ]);
}

/** Checksums stay zero: Wireshark does not check them unless it is told to. */
function frame(
  { connection, from, bytes }: Piece,
  { flag, sequence, acknowledged }: { flag: number; sequence: number; acknowledged: number },
): Buffer {
  const clientPort = client.firstPort + connection;
  const isFromClient = from === 'client';
  const ip = Buffer.alloc(20);
  ip.writeUInt8(0x45, 0);
  ip.writeUInt16BE(40 + bytes.length, 2);
  ip.writeUInt8(64, 8);
  ip.writeUInt8(6, 9);
  Buffer.from(isFromClient ? client.address : server.address).copy(ip, 12);
  Buffer.from(isFromClient ? server.address : client.address).copy(ip, 16);
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(isFromClient ? clientPort : server.port, 0);
  tcp.writeUInt16BE(isFromClient ? server.port : clientPort, 2);
  tcp.writeUInt32BE(sequence, 4);
  tcp.writeUInt32BE((flag & flags.ack) === 0 ? 0 : acknowledged, 8);
  tcp.writeUInt8(5 << 4, 12);
  tcp.writeUInt8(flag, 13);
  tcp.writeUInt16BE(65_535, 14);
  return Buffer.concat([ip, tcp, bytes]);
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(101, 20);
  return header;
}

/** A millisecond apart. */
function recordHeader(bytes: Buffer, index: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(1_400_000_000 + Math.floor(index / 1000), 0);
  header.writeUInt32LE((index % 1000) * 1000, 4);
  header.writeUInt32LE(bytes.length, 8);
  header.writeUInt32LE(bytes.length, 12);
  return header;
}
