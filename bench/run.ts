/**
 * Runs the benchmarks: `npm run bench -- [IMAGE]`. Each prints ratios to work of a known kind in the
 * same run; none of them passes or fails.
 *
 * IMAGE is an OCI layout or a `docker save` archive; the bundled sample where left out, which is too
 * small to say much of the scanner.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { SAMPLE } from '../lib/cli/sample/sample.ts';

const image = process.argv[2] ?? SAMPLE.layout;

for (const [name, args] of [
  ['sbom.ts', [image]],
  ['matching.ts', []],
  ['init.ts', []],
] as const) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
