import { runJest } from './run-jest.mjs';
import { setUp } from './set-up.mjs';

await setUp();
const { temporalEnvironment } = await import('./temporal-path.mjs');
process.exit(await runJest('tests', process.argv.slice(2), await temporalEnvironment()));
