import { createImagePreparer } from '@lucency/imaging';
import { environment, startApp } from '@lucency/inference';
import { parseEnvironment, runUntilStopped } from '@lucency/service-kit';
import { poisonMark } from './pictures.js';

/** The inference service, but with images in the world that kill it, as a bug in a native library would. */
const preparer = createImagePreparer({ processes: 1 });
const app = await startApp(parseEnvironment(environment, process.env), {
  preparer: {
    prepare: async (bytes) => {
      if (Buffer.from(bytes).includes(poisonMark)) process.kill(process.pid, 'SIGKILL');
      return preparer.prepare(bytes);
    },
    close: () => preparer.close(),
  },
});
await runUntilStopped(app);
