import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeOffline } from './offline.js';

// Run from the root of the repository: `npm run openapi`.
await writeFile(join(process.cwd(), 'docs/openapi.json'), `${JSON.stringify(await describeOffline(), null, 2)}\n`);
