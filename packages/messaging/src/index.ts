export { announceChange, hintTasksDue, listenForChanges, listenForDueTasks } from './announcer.js';
export { followConnection } from './connected.js';
export { connectToNats, type NatsOptions, natsEnvironment, natsOptions } from './connection.js';
export { JobIntake, type JobIntakeOptions } from './job-intake.js';
export { type PublishedJob, publishJob, purgeJob } from './job-publisher.js';
export { JetStreamLink, type LinkOptions } from './link.js';
export type { Log } from './log.js';
export { ResultIntake } from './result-intake.js';
