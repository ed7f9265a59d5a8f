/**
 * Completes package-lock.json after `npm install`.
 *
 * npm leaves the binaries of other platforms out of the lockfile where the registry it talks to does
 * not hold them, and then refuses its own lockfile on `npm ci`. This adds what is missing: name,
 * version and platform, as the packages that want them say. They have no integrity until an npm
 * that can reach them installs them.
 *
 * Run it as `node .ci/complete-lockfile.js`; test/house/lockfile.test.ts says when it is due.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = /android|darwin|freebsd|linux|openharmony|win32/u;
const PROCESSORS = /(?<=-)(?:arm64|arm|x64|ia32|ppc64|s390x|riscv64|loong64)(?=-|$)/u;

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = {};

for (const [folder, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const places = [`${folder}/node_modules/${name}`, `node_modules/${name}`];
    if (folder === '' || places.some((place) => place in lock.packages)) continue;
    added[`node_modules/${name}`] = {
      version,
      cpu: PROCESSORS.exec(name) ?? undefined,
      dev: true,
      optional: true,
      os: SYSTEMS.exec(name) ?? undefined,
    };
  }
}

const byPath = ([a], [b]) => a.localeCompare(b, 'en');
lock.packages = Object.fromEntries(Object.entries({ ...lock.packages, ...added }).sort(byPath));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} packages added`);
