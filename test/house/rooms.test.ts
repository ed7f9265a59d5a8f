import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

/** Who imports what, and the rule that it breaks. */
const IMPORTS = [
  { from: 'lib/core/a.ts', to: 'lib/core/noun.ts', breaks: null },
  { from: 'lib/core/b.ts', to: 'zod', breaks: null },
  { from: 'lib/core/c.ts', to: 'node:fs', breaks: 'room-core' },
  { from: 'lib/core/d.ts', to: 'nodemailer', breaks: 'room-core' },
  { from: 'lib/core/e.ts', to: 'lib/pipeline/use-case.ts', breaks: 'room-core' },
  { from: 'lib/scanner/a.ts', to: 'node:zlib', breaks: null },
  { from: 'lib/scanner/b.ts', to: 'node:fs', breaks: 'room-scanner' },
  { from: 'lib/scanner/c.ts', to: 'node:http', breaks: 'room-scanner' },
  { from: 'lib/scanner/d.ts', to: 'lib/pipeline/ports/port.ts', breaks: 'room-scanner' },
  { from: 'lib/pipeline/a.ts', to: 'lib/scanner/scan-image.ts', breaks: null },
  { from: 'lib/pipeline/b.ts', to: 'lib/scanner/inside.ts', breaks: 'room-pipeline' },
  { from: 'lib/pipeline/c.ts', to: 'lib/adapters/local/store.ts', breaks: 'room-pipeline' },
  { from: 'lib/pipeline/d.ts', to: 'node:crypto', breaks: 'room-pipeline' },
  { from: 'lib/pipeline/ports/e.ts', to: 'lib/pipeline/use-case.ts', breaks: 'room-ports' },
  { from: 'lib/adapters/local/a.ts', to: 'lib/pipeline/ports/port.ts', breaks: null },
  { from: 'lib/adapters/local/b.ts', to: 'node:sqlite', breaks: null },
  { from: 'lib/adapters/aws/c.ts', to: 'lib/stacks/register-table/names.ts', breaks: null },
  { from: 'lib/adapters/local/d.ts', to: 'lib/pipeline/use-case.ts', breaks: 'room-adapters' },
  { from: 'lib/adapters/aws/e.ts', to: 'lib/stacks/register-table/register-table.ts', breaks: 'room-adapters' },
  { from: 'lib/adapters/aws/f.ts', to: 'lib/adapters/local/store.ts', breaks: 'adapters-stand-alone' },
  { from: 'lib/cli/a.ts', to: 'lib/pipeline/use-case.ts', breaks: null },
  { from: 'lib/cli/compose/b.ts', to: 'lib/adapters/local/store.ts', breaks: null },
  { from: 'lib/cli/c.ts', to: 'lib/adapters/local/store.ts', breaks: 'room-cli' },
  { from: 'functions/judge/compose.ts', to: 'lib/adapters/local/store.ts', breaks: null },
  { from: 'functions/judge/handler.ts', to: 'lib/adapters/local/store.ts', breaks: 'room-functions' },
  { from: 'lib/stacks/a.ts', to: 'aws-cdk-lib', breaks: null },
  { from: 'lib/stacks/b.ts', to: 'functions/judge/handler.ts', breaks: 'room-stacks' },
  { from: 'lib/stacks/c.ts', to: 'lib/core/noun.ts', breaks: 'room-stacks' },
  { from: 'lib/stacks/evidence-bucket/names.ts', to: 'aws-cdk-lib', breaks: 'room-shared-names' },
  { from: 'lib/adapters/local/e.ts', to: 'jest', breaks: 'runs-on-what-is-installed' },
  { from: 'lib/adapters/local/f.ts', to: 'test/support/helper.ts', breaks: 'nobody-imports-tests' },
  { from: 'lib/core/chicken.ts', to: 'lib/core/egg.ts', breaks: 'no-cycles' },
  { from: 'lib/core/f.ts', to: 'lib/core/nowhere.ts', breaks: 'resolves' },
  { from: 'test/any.test.ts', to: 'lib/scanner/inside.ts', breaks: null },
] as const;

const PACKAGES = { dependencies: ['zod', 'nodemailer'], devDependencies: ['jest', 'aws-cdk-lib'] };

let folder: string;
let said: readonly { readonly from: string; readonly rule: { readonly name: string } }[];

function put(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'a' });
}

/** How a file names what it imports: relative to the top for files, as it is for the rest. */
function specifier(from: string, to: string): string {
  return to.includes('.ts') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cavendish-rooms-'));
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  put(
    'package.json',
    JSON.stringify({
      type: 'module',
      ...Object.fromEntries(Object.entries(PACKAGES).map(([kind, names]) => [kind, versions(names)])),
    }),
  );
  for (const name of Object.values(PACKAGES).flat()) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    put(`node_modules/${name}/index.js`, '');
  }
  for (const name of ['tsconfig.json', '.dependency-cruiser.cjs']) cpSync(join(ROOT, name), join(folder, name));
  for (const { from, to } of IMPORTS) {
    if (to.includes('.ts') && !to.includes('nowhere')) put(to, '');
    put(from, `import '${specifier(from, to)}';\n`);
  }
  put('lib/core/egg.ts', `import './chicken.ts';\n`);
  put('lib/core/left-over.ts', '');

  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, '-T', 'json', 'lib', 'functions', 'test'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  said = JSON.parse(stdout).summary.violations;
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the rules of rooms', () => {
  it.each(IMPORTS.filter(({ breaks }) => breaks === null))('let $from import $to', ({ from }) => {
    expect(said.filter((violation) => violation.from === from)).toEqual([]);
  });

  it.each(IMPORTS.filter(({ breaks }) => breaks !== null))('$breaks: $from does not import $to', ({ from, breaks }) => {
    expect(said.filter((violation) => violation.from === from).map(({ rule }) => rule.name)).toContain(breaks);
  });

  it('finds what nobody imports', () => {
    expect(said.filter(({ rule }) => rule.name === 'no-orphans').map(({ from }) => from)).toEqual([
      'lib/core/left-over.ts',
    ]);
  });
});
