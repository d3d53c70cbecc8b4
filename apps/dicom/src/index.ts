export { type App, startApp } from './app.js';
export { type Environment, environment } from './environment.js';
export { type Destination, type Sent, sendFiles } from './send/send-files.js';
