/**
 * Matches 1,000 packages in a cold process, `cavendish match --purls`, beside `node -e 0` and JSON.parse of the records that are
 * held: `node bench/match-cold.ts`. The least of five runs of each; the first of a clone compiles it, and is not counted.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'bin/cavendish.js');
const PACKAGES = 1000;
const RUNS = 5;

const folder = await mkdtemp(join(tmpdir(), 'cavendish-bench-'));
try {
  const text = await readFile(join(ROOT, 'test/fixtures/peers/advisories.jsonl'), 'utf8');
  const advisories = text.split('\n').filter((line) => line.includes('"modified"'));
  const answers = await readFile(join(ROOT, 'test/fixtures/peers/osv-scanner.jsonl'), 'utf8');
  const purls = answers.split('\n', PACKAGES).map((line) => (JSON.parse(line) as { purl: string }).purl);
  const [data, records, list] = [join(folder, 'home'), join(folder, 'records.jsonl'), join(folder, 'purls.txt')];
  await writeFile(records, advisories.join('\n'));
  await writeFile(list, `${purls.join('\n')}\n`);
  run([CLI, 'feeds', 'import', records, '--data', data]);
  run([CLI, 'match', '--purls', list, '--data', data]);

  const cold = least(() => {
    run([CLI, 'match', '--purls', list, '--data', data, '--json']);
  });
  const node = least(() => {
    run(['-e', '0']);
  });
  const parse = least(() => {
    for (const line of advisories) JSON.parse(line);
  });
  console.log(`match --purls, ${String(PACKAGES)} packages, cold: ${cold.toFixed(0)} ms`);
  console.log(`  ${(cold / node).toFixed(1)} times node -e 0 (${node.toFixed(0)} ms)`);
  console.log(
    `  ${(cold / parse).toFixed(0)} times JSON.parse of the ${String(advisories.length)} records (${parse.toFixed(1)} ms)`,
  );
} finally {
  await rm(folder, { recursive: true });
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`it ended with ${String(status)}: ${stderr.toString()}`);
}

/** In milliseconds. */
function least(work: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...times);
}
