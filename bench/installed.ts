/**
 * What is found in a real Debian, against what its own package managers list: dpkg, pip and gem.
 *
 *     mmdebstrap --variant=minbase --include=npm,python3-pip,python3-requests,ruby,bundler bookworm root.tar
 *     node bench/installed.ts root.tar      as root, for it asks the programs of the image in a chroot
 *
 * Ends with 1 where they differ. Of npm, pnpm, yarn and pip with packages from their registries,
 * test/clients/installed.test.ts does the same.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { scanImage } from '../lib/scanner/scan-image.ts';
import { image, layerOf, openImage } from '../test/support/images.ts';

/** Type of package → the command that lists them, and `NAME VERSION` of what it writes. */
const LISTS: Readonly<
  Record<string, readonly [readonly [string, ...string[]], (written: string) => readonly string[]]>
> = {
  deb: [
    ['dpkg-query', '-W', '-f', '${db:Status-Status} ${Package} ${Version}\n'],
    (written) => written.split('\n').flatMap((line) => (line.startsWith('installed ') ? line.slice(10) : [])),
  ],
  pypi: [
    ['pip', 'list', '--format', 'json', '--disable-pip-version-check'],
    (written) =>
      (JSON.parse(written) as readonly { readonly name: string; readonly version: string }[]).map(
        ({ name, version }) => `${name.toLowerCase().replaceAll(/[-_.]+/gu, '-')} ${version}`,
      ),
  ],
  gem: [
    ['gem', 'list', '--local'],
    // nokogiri (1.16.0 x86_64-linux, default: 1.15.0)
    (written) =>
      [...written.matchAll(/^(\S+) \((.+)\)$/gmu)].flatMap(([, name = '', versions = '']) =>
        versions.split(', ').map((version) => `${name} ${version.replace('default: ', '').split(' ')[0] ?? ''}`),
      ),
  ],
};

function unpack(tar: string): string {
  const root = mkdtempSync(join(tmpdir(), 'cavendish-installed-'));
  execFileSync('tar', ['-xf', tar, '-C', root, '--exclude=./dev']);
  execFileSync('mkdir', ['-p', join(root, 'dev')]);
  execFileSync('mknod', [join(root, 'dev/null'), 'c', '1', '3']);
  return root;
}

async function found(tar: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const cache = { get: () => Promise.resolve(null), put: () => Promise.resolve() };
  const scanned = await scanImage(openImage(image([layerOf(readFileSync(tar), 'plain')])), { cache });
  for (const { message } of scanned.gaps) console.log(`gap: ${message}`);
  const byType = Map.groupBy([...scanned.packages, ...(scanned.owned ?? [])], ({ type }) => type);
  return new Map(
    [...byType].map(([type, all]) => [type, new Set(all.map(({ name, version }) => `${name} ${version}`))]),
  );
}

const [, , tar] = process.argv;
if (tar === undefined) throw new Error('say which: node bench/installed.ts ROOT.tar');
const ours = await found(resolve(tar));
const root = unpack(resolve(tar));
try {
  for (const [type, [command, read]] of Object.entries(LISTS)) {
    const theirs = new Set(read(execFileSync('chroot', [root, ...command], { encoding: 'utf8' })));
    const mine = ours.get(type) ?? new Set<string>();
    const differences = [
      ...[...mine.difference(theirs)].map((one) => `  only found: ${one}`),
      ...[...theirs.difference(mine)].map((one) => `  only listed: ${one}`),
    ];
    console.log([`${type}: ${mine.size} found, ${theirs.size} listed by ${command[0]}`, ...differences].join('\n'));
    if (differences.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
