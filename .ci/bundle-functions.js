/**
 * Bundles each function into one file, as Lambda runs it: `npm run bundle` → dist/functions/NAME/index.mjs.
 * `node .ci/bundle-functions.js FOLDER [NAME…]` writes into another folder, and those functions only.
 *
 * The SDK is inside, at the version of the lockfile, and not the one that the runtime happens to have.
 * The same sources give the same bytes, so that a deployment that changes nothing uploads nothing.
 * Source maps lie beside, in maps/, and are not deployed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

import { FUNCTIONS } from '../lib/stacks/functions/names.ts';

const ROOT = join(import.meta.dirname, '..');

/** Some libraries are CommonJS and ask for Node's modules by `require`, which a module does not have. */
const REQUIRE = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";

/**
 * Leaves out what the program never comes to; "sideEffects" in package.json lets esbuild leave out more.
 * esbuild takes filters in Go's form: no flag `u`. Our own modules are not resolved here: a path that a
 * plugin gives loses its package, and with it Node's way of importing CommonJS.
 */
const lean = {
  name: 'lean',
  setup(bundling) {
    // `z` as one object holds all of zod; as a namespace, what is used of it. Its messages are in English.
    bundling.onLoad({ filter: /\/(?:lib|functions)\/.*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace("import { z } from 'zod'", "import * as z from 'zod'"),
    }));
    bundling.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }));
    // A Lambda's credentials are in its environment. The rest of the chain is for the machines of people.
    bundling.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials',
      namespace: 'lean',
      pluginData: resolveDir,
    }));
    bundling.onLoad({ filter: /^credentials$/, namespace: 'lean' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'",
      resolveDir: pluginData,
    }));
  },
};

async function bundle(name) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`functions/${name}/index.ts`],
    outfile: 'index.mjs',
    write: false,
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    legalComments: 'none',
    sourcemap: 'external',
    logLevel: 'error',
    plugins: [lean],
  });
  return { name, files: outputFiles };
}

function put(file, bytes) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return bytes.length;
}

const [folder = join(ROOT, 'dist'), ...named] = process.argv.slice(2);
for (const { name, files } of await Promise.all((named.length > 0 ? named : FUNCTIONS).map(bundle))) {
  for (const { path, contents } of files) {
    const map = path.endsWith('.map');
    const size = put(resolve(folder, map ? `maps/${name}.mjs.map` : `functions/${name}/index.mjs`), contents);
    if (!map) console.log(`${name.padEnd(8)} ${String(Math.ceil(size / 1000)).padStart(5)} kB`);
  }
}
