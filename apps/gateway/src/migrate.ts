import { parseEnvironment } from '@lucency/service-kit';
import { z } from 'zod';
import { migrate } from './database/migrate.js';

const { OWNER_DATABASE_URL } = parseEnvironment(z.object({ OWNER_DATABASE_URL: z.url() }), process.env);
const applied = await migrate(OWNER_DATABASE_URL);
process.stdout.write(applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'the database is up to date\n');
// After Prisma's engine has run, Node stays for ten more seconds, pools ended or not, and every start would wait.
process.exit(0);
