export { announceChange, hintTasksDue, listenForChanges, listenForDueTasks } from './announcer.js';
export { connectToNats } from './connection.js';
export { JobIntake, type JobIntakeOptions } from './job-intake.js';
export { type PublishedJob, publishJob } from './job-publisher.js';
export { JetStreamLink } from './link.js';
export type { Log } from './log.js';
export { ResultIntake } from './result-intake.js';
export { defaultTopology, ensureTopology, type Topology } from './topology.js';
