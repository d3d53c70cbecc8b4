import { findNatsServer } from './nats/find-server.js';
import { findS3Server } from './s3/start-s3.js';

/** Finds or builds the servers that tests want, before tests with deadlines wait for them. */
const say = (text: string) => console.error(`  ${text}`);
await findNatsServer(say);
await findS3Server(say).catch((error: unknown) => {
  say(`tests against S3 will be skipped: ${error instanceof Error ? error.message : error}`);
});
