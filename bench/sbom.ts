/**
 * How long an SBOM takes, as a ratio to unpacking and hashing the same layers in the same run; and
 * the memory that it takes at most.
 *
 *     node bench/sbom.ts IMAGE      an OCI layout (folder or tar) or an archive of docker save
 *
 * `gzip -dc LAYER | sha256sum` is the least that anybody does who verifies a layer. Each scan is a
 * process of its own, with nothing kept from the one before. Each figure is the best of several
 * runs, taken in turns; ratios travel between machines, times don't.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { openImageFile } from '../lib/adapters/local/images/open-image-file.ts';
import type { OpenImage } from '../lib/core/image/open-image.ts';
import { scanImage } from '../lib/scanner/scan-image.ts';

const RUNS = 5;
const UNPACK: Readonly<Record<string, string>> = { gzip: 'gzip -dc', zstd: 'zstd -dc', tar: 'cat' };

interface Scan {
  /** Of the scan, without the start of Node. */
  readonly milliseconds: number;
  readonly packages: number;
  /** MiB */
  readonly peak: number;
}

async function withImage<T>(path: string, use: (image: OpenImage) => Promise<T>): Promise<T> {
  const opened = await openImageFile(path);
  try {
    const [image] = opened.images;
    if (image === undefined) throw new Error(`${path} holds no image`);
    return await use(image);
  } finally {
    await opened.close();
  }
}

async function scanOnce(path: string): Promise<Scan> {
  const start = performance.now();
  const cache = { get: () => Promise.resolve(null), put: () => Promise.resolve() };
  const { packages } = await withImage(path, (image) => scanImage(image, { cache }));
  const milliseconds = performance.now() - start;
  return { milliseconds, packages: packages.length, peak: process.resourceUsage().maxRSS / 1024 };
}

/** Layers as files, and the command that unpacks and hashes them all. */
async function baselineOf(path: string, folder: string): Promise<string> {
  return withImage(path, async (image) => {
    const commands: string[] = [];
    for (const [nth, layer] of image.layers.entries()) {
      const file = join(folder, String(nth));
      await pipeline(await image.readLayer(layer), createWriteStream(file));
      const [, packing = 'tar'] = /(gzip|zstd)$/u.exec(layer.mediaType) ?? [];
      commands.push(`${UNPACK[packing] ?? 'cat'} < ${file} | sha256sum`);
    }
    return commands.join('; ');
  });
}

function timed(command: string, parameters: readonly string[]): { milliseconds: number; output: string } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return { milliseconds: performance.now() - start, output: stdout };
}

async function measure(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cavendish-bench-'));
  try {
    const command = await baselineOf(path, folder);
    const baselines: number[] = [];
    const wholes: number[] = [];
    const scans: Scan[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      baselines.push(timed('sh', ['-c', command]).milliseconds);
      const { milliseconds, output } = timed(process.execPath, [import.meta.filename, '--once', path]);
      wholes.push(milliseconds);
      scans.push(JSON.parse(output) as Scan);
    }

    const least = Math.min(...baselines);
    const scan = Math.min(...scans.map(({ milliseconds }) => milliseconds));
    const whole = Math.min(...wholes);
    const peak = Math.max(...scans.map((one) => one.peak));
    const idle = Number(execFileSync(process.execPath, ['-p', 'process.resourceUsage().maxRSS / 1024']));
    const lines = [
      `unpack and hash   ${least.toFixed(0)} ms   ${command.split(';').length} layers`,
      `SBOM              ${scan.toFixed(0)} ms   ratio ${(scan / least).toFixed(2)}   ${scans[0]?.packages ?? 0} packages`,
      `with Node's start ${whole.toFixed(0)} ms   ratio ${(whole / least).toFixed(2)}`,
      `peak memory       ${peak.toFixed(0)} MiB, ${(peak - idle).toFixed(0)} MiB above an idle Node`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, second] = process.argv.slice(2);
if (first === '--once' && second !== undefined) process.stdout.write(JSON.stringify(await scanOnce(second)));
else if (first !== undefined) await measure(first);
else throw new Error('name an image: node bench/sbom.ts IMAGE');
