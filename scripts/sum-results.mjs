import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const [folder, failedParts = '0'] = process.argv.slice(2);

// A file whose tests could not even be loaded has no tests in the results, and is a failure all the same.
function countOf(results) {
  const broken = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped: results.numPendingTests,
  };
}

const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
const counts = await Promise.all(
  names.map(async (name) => countOf(JSON.parse(await readFile(join(folder, name), 'utf8')))),
);
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
// A part that failed in another way than by a test (types, lint, a crash) must not close on "0 failed".
const failed = sum('failed') || Number(failedParts);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${failed} failed${skipped}`);
process.exit(failed > 0 || sum('passed') === 0 ? 1 : 0);
