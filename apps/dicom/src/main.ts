import { parseEnvironment, runService } from '@lucency/service-kit';
import { startApp } from './app.js';
import { environment } from './environment.js';
import { send } from './send/command.js';

const [command, ...args] = process.argv.slice(2);
if (command === 'send') {
  process.exitCode = await send(args);
} else {
  const settings = parseEnvironment(environment, process.env);
  await runService(settings, () => startApp(settings));
}
