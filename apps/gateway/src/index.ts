export { type App, startApp } from './app.js';
export { type CoordinatorApp, startCoordinatorApp } from './coordinator-app.js';
export { migrate } from './database/migrate.js';
export { coordinatorEnvironment, environment } from './environment.js';
export { type Directory, directory, provision } from './identity/directory.js';
