/**
 * Makes what `npm pack` ships, in dist/: compiled JavaScript with its types, and the files that it reads.
 *
 * Node runs TypeScript as it is, but not under node_modules: whoever installs the package needs
 * JavaScript. The bundles of the Lambdas lie beside it (`npm run bundle`). Run by `npm pack` itself.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

for (const stale of ['lib', 'bin']) rmSync(join(dist, stale), { recursive: true, force: true });

const { status, stdout } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, encoding: 'utf8' },
);
if (status !== 0) {
  console.error(stdout);
  process.exit(1);
}

// What the code reads beside itself: the default appetite, the sample with its image.
for (const file of globSync('lib/**/*.{yaml,json,jsonl,csv,md}', { cwd: root })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  copyFileSync(join(root, file), join(dist, file));
}
cpSync(join(root, 'lib/cli/sample/image'), join(dist, 'lib/cli/sample/image'), { recursive: true });

// The nearest package.json says that the files are ES modules, and which version they are.
const { version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ version, type }, null, 2)}\n`);
