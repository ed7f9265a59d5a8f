/**
 * `npm run test:aws`: fetches the parts that stand in for AWS, where they are not here yet, and runs the
 * tests of this folder with nothing to reach but the loopback. What follows `--` goes to jest; `--install`
 * only fetches.
 */
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installDynamoDbLocal } from './parts/dynamodb-local.ts';
import { installMoto } from './parts/moto.ts';

const FOLDER = import.meta.dirname;
const JEST = [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  join(FOLDER, '..', '..', 'node_modules', 'jest', 'bin', 'jest.js'),
  '--runInBand',
  '--testPathIgnorePatterns=/node_modules/',
  // What a failing test leaves open must not keep the run from ending.
  '--forceExit',
];
// A bare path would be taken for one more pattern of the option before it.
const [options, paths] = [true, false].map((dash) =>
  process.argv.slice(2).filter((one) => one.startsWith('-') === dash),
);
const which = (paths?.length === 0 ? ['test/aws/'] : (paths ?? [])).map((path) => `--testPathPatterns=${path}`);

/** What is deployed is what the sources say now. */
async function bundle(): Promise<string> {
  const script = join(FOLDER, '..', '..', '.ci', 'bundle-functions.js');
  return (await promisify(execFile)(process.execPath, [script])).stdout.trimEnd();
}

for (const install of [installDynamoDbLocal, installMoto, bundle]) {
  const start = performance.now();
  console.log(`${await install()} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}
if (!process.argv.includes('--install')) {
  const jest = [process.execPath, ...JEST, ...which, ...(options ?? [])];
  const { status } = spawnSync(join(FOLDER, 'parts', 'loopback-only.sh'), jest, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
