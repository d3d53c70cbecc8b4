import { parseEnvironment, runService } from '@lucency/service-kit';
import { startApp } from './app.js';
import { environment } from './environment.js';

const settings = parseEnvironment(environment, process.env);
await runService(settings, () => startApp(settings));
