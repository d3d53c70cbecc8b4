import { parseEnvironment, runUntilStopped } from '@lucency/service-kit';
import { type App, startApp } from './app.js';
import { environment } from './environment.js';

const settings = parseEnvironment(environment, process.env);
let app: App | null = null;
await runUntilStopped({
  start: async () => {
    app = await startApp(settings);
  },
  stop: async () => app?.stop(),
});
