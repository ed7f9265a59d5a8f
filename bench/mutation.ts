/**
 * The mutation score of lib/core by chance: files in a random order, some at a time, until the time is over. All of
 * lib/core takes hours; whenever this stops, what was tried is a sample of it. It goes on where it stopped: results of
 * files that did not change since, nor their tests, are kept in reports/.
 *
 *     npm run bench:mutation -- [MINUTES [SEED [CONCURRENCY]]]      60, 1 and 1 where left out
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';

const [minutes = 60, seed = 1, concurrency = 1] = process.argv.slice(2).map(Number);
/** Files of a run: each begins with all tests of lib/core once. */
const AT_ONCE = 8;
const RESULTS = 'reports/mutation/incremental.json';
/** Draws of the bootstrap, and what lies outside of it at each end. */
const DRAWS = 2000;
const TAIL = 0.025;

interface Results {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

interface Count {
  readonly killed: number;
  readonly tried: number;
}

const files = globSync('lib/core/**/*.ts').sort((a, b) => (place(a) < place(b) ? -1 : 1));
const ends = Date.now() + minutes * 60_000;
let done = 0;
while (done < files.length && Date.now() < ends) {
  const batch = files.slice(done, done + AT_ONCE);
  const args = ['run', '--mutate', batch.join(','), '--concurrency', String(concurrency), '--reporters', 'json'];
  const { status } = spawnSync('node_modules/.bin/stryker', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  // A score under the threshold is 1, and so is a failed run: the results tell.
  if (status !== 0 && !isTried(batch)) throw new Error(`stryker failed on ${batch.join(', ')}`);
  done += batch.length;
  const counts = countsOf(files.slice(0, done));
  const all = sum(counts);
  const [low, high] = interval(counts);
  console.log(
    `${String(done)} of ${String(files.length)} files: ${String(all.killed)} of ${String(all.tried)} mutants killed, ` +
      `${shown(share(all))} (95 of 100 such samples: ${shown(low)} to ${shown(high)})`,
  );
}

/** The order of a file: chance, and the same for one seed. */
function place(file: string): string {
  return createHash('sha256')
    .update(`${String(seed)} ${file}`)
    .digest('hex');
}

function results(): Results {
  if (!existsSync(RESULTS)) return { files: {} };
  return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
}

/** A file of types alone has no mutants, and no results. */
function isTried(batch: readonly string[]): boolean {
  const tried = results().files;
  return batch.some((file) => file in tried);
}

function countsOf(some: readonly string[]): readonly Count[] {
  const tried = results().files;
  return some.map((file) => {
    const states = (tried[file]?.mutants ?? []).map(({ status }) => status);
    const killed = states.filter((status) => status === 'Killed' || status === 'Timeout').length;
    return {
      killed,
      tried: killed + states.filter((status) => status === 'Survived' || status === 'NoCoverage').length,
    };
  });
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((all, { killed, tried }) => ({ killed: all.killed + killed, tried: all.tried + tried }), {
    killed: 0,
    tried: 0,
  });
}

/** Of scores of as many files, drawn from these with replacement (the bootstrap): files are the sample, not mutants. */
function interval(counts: readonly Count[]): readonly [number, number] {
  const scores = Array.from({ length: DRAWS }, () =>
    share(sum(counts.map(() => counts[Math.floor(Math.random() * counts.length)] ?? { killed: 0, tried: 0 }))),
  ).sort((a, b) => a - b);
  return [scores[Math.floor(DRAWS * TAIL)] ?? 0, scores[Math.ceil(DRAWS * (1 - TAIL)) - 1] ?? 0];
}

function share({ killed, tried }: Count): number {
  return tried === 0 ? 0 : killed / tried;
}

function shown(score: number): string {
  return `${(100 * score).toFixed(1)} %`;
}
