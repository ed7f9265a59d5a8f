/**
 * One advisory changes: how long until the placements that it affects are found and judged again, and what is asked
 * of the stores for it, in homes of several sizes.
 *
 *     node bench/scale.ts [CLONES…]               # SQLite and a folder, below TMPDIR; 1000, 3000 and 10000 where left out
 *     node bench/scale.ts --dynamodb [CLONES…]    # the same, moved to DynamoDB Local in memory: requests, not times
 *
 * The figures go to bench/results/scale-STORE.json, with the machine and the day; docs/scale.md draws them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, release } from 'node:os';
import { join } from 'node:path';

import { againHandlers } from '../lib/pipeline/judge-again/again-handlers.ts';
import { runNext } from '../lib/pipeline/work/run-work.ts';
import { onDynamoDb } from './scale/dynamo-stores.ts';
import {
  aRecord,
  countItems,
  type Held,
  type LargeHome,
  localStores,
  openLargeHome,
  populate,
} from './scale/large-home.ts';
import { drawCurve } from './scale/plot.ts';
import { REACH } from './scale/population.ts';

interface Change {
  readonly what: string;
  readonly affected: number;
  /** From the change to the last verdict. */
  readonly seconds: number;
  readonly requests: Readonly<Record<string, number>>;
}

interface Size {
  readonly clones: number;
  readonly images: number;
  readonly secondsToFill: number;
  readonly held: Held;
  readonly changes: readonly Change[];
}

const NEWS = Date.parse('2026-11-24T00:00:00Z');
const dynamo = process.argv.includes('--dynamodb');
const given = process.argv.slice(2).filter((one) => /^\d+$/u.test(one));
const clones = given.length === 0 ? [1000, 3000, 10_000] : given.map(Number);

const sizes: Size[] = [];
for (const count of clones) {
  const filled = await openLargeHome(await localStores());
  try {
    const size = await fill(filled, count);
    const home = dynamo ? await openLargeHome(await onDynamoDb(filled)) : filled;
    sizes.push({ ...size, changes: await measure(home) });
    if (home !== filled) await home.close();
  } finally {
    await filled.close();
  }
}
write(sizes);

async function fill(home: LargeHome, count: number): Promise<Omit<Size, 'changes'>> {
  const began = performance.now();
  const images = await populate(home, count);
  const secondsToFill = (performance.now() - began) / 1000;
  await drain(home, NEWS);
  const held = countItems(home);
  console.log(`${count} clones, ${images} images, filled in ${secondsToFill.toFixed(0)} s`, held);
  return { clones: count, images, secondsToFill, held };
}

async function measure(home: LargeHome): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const [at, [what, name]] of Object.entries(REACH).entries()) {
    const instant = NEWS + (at + 1) * 3_600_000;
    await home.news(aRecord(name, at + 2), new Date(instant).toISOString());
    home.take();
    const start = performance.now();
    const affected = await drain(home, instant);
    const seconds = (performance.now() - start) / 1000;
    const requests = Object.fromEntries(Object.entries(home.take()).filter(([, times]) => times > 0));
    changes.push({ what, affected, seconds, requests });
    console.log(`  ${what}: ${affected} judged again in ${seconds.toFixed(2)} s`, requests);
  }
  return changes;
}

/** Does all work that waits. @returns how many placements were judged again, and are not as they were */
async function drain(home: LargeHome, at: number): Promise<number> {
  let now = at;
  let changed = 0;
  const clock = () => new Date(now);
  const handlers = againHandlers({
    ...home,
    ...{ asOf: () => null, isRunning: () => Promise.resolve(false), now: clock, everySeconds: 1 },
    tell: () => Promise.resolve({ notices: 0 }),
    onAgain: (happened) => {
      if (happened.step === 'judged') changed += happened.changed;
    },
  });
  const quiet = { run: () => Promise.resolve() };
  for (;;) {
    const ran = await runNext(home.work, { ...handlers, 'announce-verdict': quiet }, clock);
    if (ran.outcome === 'idle') return changed;
    if (ran.outcome !== 'done' && !(ran.outcome === 'retry' && ran.putOff)) throw new Error(JSON.stringify(ran));
    now += 1;
  }
}

function write(measured: readonly Size[]): void {
  const [cpu] = cpus();
  const machine = `${cpu?.model ?? 'unknown'} × ${cpus().length}, ${arch()}, Linux ${release()}, Node ${process.version}`;
  const store = dynamo ? 'dynamodb-local' : 'sqlite';
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const results = { store, machine, day: new Date().toISOString().slice(0, 10), sizes: measured };
  writeFileSync(join(folder, `scale-${store}.json`), `${JSON.stringify(results, null, 2)}\n`);
  if (!dynamo) drawCurve(results);
}
