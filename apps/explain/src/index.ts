export { urgentBacklog } from './adapters/backlog.js';
export { startApp } from './app.js';
export { type Environment, environment } from './environment.js';
