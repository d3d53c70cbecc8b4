import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startTethered, waitUntilReady } from '@lucency/dev-stack';
import {
  type Association,
  type CStoreAnswer,
  type CStoreRequest,
  CStoreResponse,
  Scp,
} from '../association/library.js';
import type { DestinationOf } from '../delivery/destination.js';
import { installed } from './installed.js';

export interface TestArchive {
  port: number;
  close(): Promise<void>;
}

export function dicomAt(port: number, changes: Partial<DestinationOf<'DICOM'>> = {}): DestinationOf<'DICOM'> {
  return {
    kind: 'DICOM',
    aeTitle: 'PACS',
    callingAeTitle: 'LUCENCY',
    host: '127.0.0.1',
    port,
    tls: false,
    ...changes,
  };
}

/** Whatever a socket may meet where an archive should be. */
export async function startPeer(serve: (socket: Socket) => void): Promise<TestArchive> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  return listening(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

export async function startWebPeer(
  serve: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestArchive> {
  const server = createHttpServer(serve);
  return listening(server, () => server.closeAllConnections());
}

async function listening(server: Server, cut: () => void): Promise<TestArchive> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An archive that takes every class and answers each store with a status; with a largest PDU of its own. */
export async function startAnsweringArchive(status: number, maxPduBytes = 16_384): Promise<TestArchive> {
  class Answering extends Scp {
    override associationRequested(association: Association) {
      association.setMaxPduLength(maxPduBytes);
      for (const { context } of association.getPresentationContexts())
        context.setResult(0, context.getTransferSyntaxUids()[0]);
      this.sendAssociationAccept();
    }
    override cStoreRequest(request: CStoreRequest, answer: (response: CStoreAnswer) => void) {
      const response = CStoreResponse.fromRequest(request);
      response.setStatus(status);
      answer(response);
    }
    override associationReleaseRequested() {
      this.sendAssociationReleaseResponse();
    }
  }
  return startPeer((socket) => {
    new Answering(socket, {});
  });
}

export interface StoreScp extends TestArchive {
  /** What it stored, whole files. */
  files(): Promise<Buffer[]>;
}

/** DCMTK's storescp. */
export async function startStoreScp(options: readonly string[] = []): Promise<StoreScp> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-storescp-'));
  const stored = join(folder, 'stored');
  const port = await freePort();
  const program = await startTethered({
    name: 'storescp',
    command: installed('storescp') ?? 'storescp',
    args: [...options, '-aet', 'PACS', '-od', folder, '-fe', '.dcm', '-v', String(port)],
    cwd: folder,
    logFile: join(stored, 'storescp.log'),
  });
  await waitUntilReady(program, () => listens(port));
  return {
    port,
    files: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.dcm')).sort();
      return Promise.all(names.map((name) => readFile(join(folder, name))));
    },
    close: async () => {
      await program.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
