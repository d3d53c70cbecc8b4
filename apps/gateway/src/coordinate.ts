import { parseEnvironment, runService } from '@lucency/service-kit';
import { startCoordinatorApp } from './coordinator-app.js';
import { coordinatorEnvironment } from './environment.js';

const settings = parseEnvironment(coordinatorEnvironment, process.env);
await runService(settings, () => startCoordinatorApp(settings));
