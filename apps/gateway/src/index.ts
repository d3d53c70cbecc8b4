export { type App, startApp } from './app.js';
export { migrate } from './database/migrate.js';
export { environment } from './environment.js';
export { type Directory, directory, provision } from './identity/directory.js';
