export { type Ended, type RunOptions, run } from '../run.js';
export { goModule, goTool } from './go.js';
export { fetchPostgresClients } from './postgres-clients.js';
export { firstOf, MissingTool, toolFolder } from './tools.js';
export { type GoTool, goTools, schemaSources } from './versions.js';
