import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { BlobEntry, BlobStore } from './blob-store.js';
import { BlobNotFound, BlobStoreUnavailable } from './errors.js';
import { checkKey, checkPrefix } from './key.js';
import { verified } from './verified-stream.js';

export interface S3Location {
  bucket: string;
  /** Put before every key; empty, or ending in `/`. */
  prefix: string;
  /** For stores other than Amazon's. */
  endpoint?: string | undefined;
  region: string;
  forcePathStyle: boolean;
}

/** Keeps blobs in a bucket; the credentials come from where the AWS SDK looks for them. */
export function createS3Store({ bucket, prefix, ...connection }: S3Location): BlobStore {
  const client = new S3Client({
    region: connection.region,
    forcePathStyle: connection.forcePathStyle,
    ...(connection.endpoint ? { endpoint: connection.endpoint } : {}),
    // The newer checksums travel in trailers, which stores other than Amazon's do not all understand.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // It would write to the console of its own accord; every failure is thrown as well.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000 },
  });
  const place = (key: string) => ({ Bucket: bucket, Key: prefix + checkKey(key) });

  async function get(key: string, part: { Range?: string }): Promise<Uint8Array> {
    const command = new GetObjectCommand({ ...place(key), ...part });
    try {
      const { Body } = await client.send(command);
      if (!Body) throw new BlobNotFound(key);
      return await Body.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) throw new BlobNotFound(key);
      if (error instanceof BlobNotFound) throw error;
      throw new BlobStoreUnavailable('reading failed', error);
    }
  }

  return {
    read: (key) => get(key, {}),
    readStart: (key, bytes) => get(key, { Range: `bytes=0-${bytes - 1}` }),

    async write(key, bytes) {
      const command = new PutObjectCommand({ ...place(key), Body: bytes, ContentLength: bytes.byteLength });
      await inBucket('writing failed', () => client.send(command));
    },

    async writeStream(key, stream, expected) {
      // Aborting before the announced length came should leave nothing, but not every store sees it so
      // (versitygw 1.8 keeps the part that came). The checksum makes each refuse what is not whole.
      const abort = new AbortController();
      let fault: { error: unknown } | undefined;
      async function* watched(): AsyncGenerator<Uint8Array> {
        try {
          yield* verified(stream, expected);
        } catch (error) {
          fault = { error };
          abort.abort();
        }
      }
      const command = new PutObjectCommand({
        ...place(key),
        Body: Readable.from(watched(), { objectMode: false }),
        ContentLength: expected.bytes,
        ChecksumSHA256: Buffer.from(expected.sha256, 'hex').toString('base64'),
      });
      try {
        await client.send(command, { abortSignal: abort.signal });
      } catch (error) {
        if (fault) throw fault.error;
        throw new BlobStoreUnavailable('writing failed', error);
      }
      if (fault) throw fault.error;
    },

    async delete(key) {
      const command = new DeleteObjectCommand(place(key));
      await inBucket('deleting failed', () => client.send(command));
    },

    async *list(start): AsyncGenerator<BlobEntry> {
      const Prefix = prefix + checkPrefix(start);
      let ContinuationToken: string | undefined;
      do {
        const command = new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken });
        const page = await inBucket('listing failed', () => client.send(command));
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          if (Key === undefined || LastModified === undefined) continue;
          yield { key: Key.slice(prefix.length), bytes: Size ?? 0, modifiedAt: LastModified };
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },
  };
}

async function inBucket<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BlobStoreUnavailable(what, error);
  }
}
