export { type Asking, ask, type GraphqlAnswer } from './api/ask.js';
export { siteNamed } from './api/site-named.js';
export { viewsOf } from './api/views.js';
export {
  type DemoDirectory,
  type DemoOrganization,
  type DemoPerson,
  type DemoRole,
  demoClientId,
  demoDirectory,
} from './demo-directory.js';
export { findNatsServer } from './nats/find-server.js';
export { type NatsOptions, type NatsServer, startNats } from './nats/start-nats.js';
export { UnsuitableServer, wantedVersion as natsVersion } from './nats/version.js';
export { lackingOrthanc, type Orthanc, startOrthanc } from './orthanc/start-orthanc.js';
export { findPostgresBinaries, type PostgresBinaries } from './postgres/binaries.js';
export type { Collation, Database } from './postgres/databases.js';
export { findPgBouncer, type PgBouncer, startPgBouncer } from './postgres/start-pgbouncer.js';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres/start-postgres.js';
export { findOnPath, isExecutable } from './processes/cache.js';
export { chromiumArguments, findChromium } from './processes/find-chromium.js';
export { buildWithGo, cachedProgram, type GoProgram } from './processes/go-install.js';
export { freePort } from './processes/ports.js';
export { type Exit, startTethered, type Tethered, type TetheredOptions } from './processes/tether.js';
export { StartFailure, waitUntilReady } from './processes/wait-until.js';
export { findS3Server, type S3Server, startS3 } from './s3/start-s3.js';
export { type SignInOptions, type SignInServer, startSignIn } from './sign-in/start-sign-in.js';
export { type Connection, connectionOf, readConnection } from './stack/connection.js';
export { type DicomFacts, dicomOf } from './stack/drawn-dicom.js';
export { AlreadyRunning, defaultHome, type Home, openHome } from './stack/home.js';
export { loadSamples } from './stack/samples.js';
export { type ServiceDefinition, type Surroundings, services } from './stack/services.js';
export { launchService, untilServiceReady } from './stack/start-service.js';
export { type Stack, type StackOptions, startStack } from './stack/start-stack.js';
export { lacksCollation, type TestNats, testDatabase, testNats } from './testing/shared-servers.js';
