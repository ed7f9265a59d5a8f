/**
 * What comes of images that mean harm: outcome, time, and memory at most, each in a process of its own.
 * `node bench/hostile.ts [WORD…]`: those whose description has one of the words in it; all where left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isCavendishError } from '../lib/core/errors/error.ts';
import { scanImage } from '../lib/scanner/scan-image.ts';
import { image, writeLayout } from '../test/support/images.ts';
import { withImage } from './with-image.ts';

interface Came {
  readonly outcome: string;
  readonly seconds: number;
  /** MiB */
  readonly peak: number;
}

/** A message names the input at any length. */
const SHOWN = 110;

async function scan(path: string): Promise<Came> {
  const start = performance.now();
  const outcome = await outcomeOf(path);
  const shown = outcome.length > SHOWN ? `${outcome.slice(0, SHOWN)}…` : outcome;
  return {
    outcome: shown,
    seconds: (performance.now() - start) / 1000,
    peak: peakOf(readFileSync('/proc/self/status', 'utf8')),
  };
}

/** MiB, of this program alone: `maxRSS` begins with what its parent had. */
function peakOf(status: string): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/mu.exec(status) ?? [];
  return Number(kib) / 1024;
}

async function outcomeOf(path: string): Promise<string> {
  const cache = { get: () => Promise.resolve(null), put: () => Promise.resolve() };
  try {
    const { packages, gaps } = await withImage(path, (opened) => scanImage(opened, { cache }));
    const named = gaps.map(({ kind, subject }) => `${kind} ${subject.slice(0, 40)}`);
    return [`${String(packages.length)} packages`, ...named].join('; ');
  } catch (error) {
    if (!isCavendishError(error)) throw error;
    return `refused, ${error.code}: ${error.message}`;
  }
}

const [first, second] = process.argv.slice(2);
if (first === '--once' && second !== undefined) process.stdout.write(JSON.stringify(await scan(second)));
else {
  // Not where one is scanned: its memory is what is measured.
  const { INPUTS } = await import('./hostile/inputs.ts');
  const words = process.argv.slice(2);
  for (const [what, make] of INPUTS) {
    if (words.length > 0 && !words.some((word) => what.includes(word))) continue;
    const folder = mkdtempSync(join(tmpdir(), 'cavendish-hostile-'));
    await writeLayout(folder, [image([await make()])]);
    const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, '--once', folder], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    if (status !== 0) console.log(`| ${what} | FAILED: ${stderr.slice(-300)} | | |`);
    else {
      const { outcome, seconds, peak } = JSON.parse(stdout) as Came;
      console.log(`| ${what} | ${outcome} | ${seconds.toFixed(1)} | ${peak.toFixed(0)} |`);
    }
  }
}
