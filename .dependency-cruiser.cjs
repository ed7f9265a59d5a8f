/**
 * The table of rooms, kept true: which room may import what.
 *
 * Each room lists all that it may import; anything else is a violation. Tests, benchmarks and the
 * files of the top level may import anything.
 */

/** A package, by name: what dependency-cruiser sees is its file in node_modules. It sees `node:fs` as `fs`. */
const packages = (...names) => `^node_modules/(${names.join('|')})(/|$)`;
const node = (...modules) => `^(node:)?(${modules.join('|')})$`;
const ANY_OF_NODE = '^(node:)?[a-z_/]+$';
const ANY_PACKAGE = '^node_modules/';

const CORE = '^lib/core/';
const PORTS = '^lib/pipeline/ports/';
/** What the pipeline sees of the scanner: one function and the types of its answer. */
const SCANNER_FACE = '^lib/scanner/scan-image\\.ts$';
/** Names that a stack and the code it deploys have to agree on. They import nothing. */
const SHARED_NAMES = '^lib/stacks/[^/]+/names\\.ts$';
/** Who may call what: the stack makes routes and policies of it. */
const PERMISSIONS = '^lib/core/people/(permissions|roles)\\.ts$';
/** What a subscriber may ask for, by words that import nothing. */
const NOTICE_KINDS = '^lib/core/notices/kinds\\.ts$';
const STACK_CONFIG = '^lib/stacks/config/';
const COMPOSITION_ROOTS = ['^lib/cli/compose/', '^functions/.*compose\\.ts$'];

/**
 * Pure libraries: schema, canonical JSON, hashes, CEL, YAML, CVSS, package URLs, the nearest word, dates, CSV, iCalendar,
 * ULIDs.
 */
const PURE = packages(
  'zod',
  'canonicalize',
  '@noble/hashes',
  '@marcbachmann/cel-js',
  'yaml',
  'ae-cvss-calculator',
  'packageurl-js',
  'fastest-levenshtein',
  'temporal-polyfill',
  'csv-stringify',
  'ical-generator',
  'ulid',
);

const TABLE = [
  {
    room: 'core',
    says: 'Nouns and rules, pure: no node:*, no clock, no I/O.',
    files: '^lib/core/',
    mayImport: [CORE, PURE],
  },
  {
    room: 'scanner',
    says: 'Image bytes to SBOM: streams, decompression, hashing, parsers, node:sqlite. No files, no network.',
    files: '^lib/scanner/',
    mayImport: [
      CORE,
      '^lib/scanner/',
      packages('zod', 'tar-stream'),
      node('stream', 'stream/promises', 'stream/consumers', 'zlib', 'crypto', 'buffer', 'util', 'sqlite'),
    ],
  },
  {
    room: 'ports',
    says: 'What the pipeline needs of the outside, in its own words.',
    files: PORTS,
    mayImport: [CORE, PORTS],
  },
  {
    room: 'pipeline',
    says: "Use cases over core, the scanner's face and ports; never an adapter, never Node.",
    files: '^lib/pipeline/',
    mayImport: [CORE, '^lib/pipeline/', SCANNER_FACE, packages('zod', 'microdiff')],
  },
  {
    room: 'adapters',
    says: 'One outside system or format each, behind a port of the pipeline.',
    files: '^lib/adapters/',
    mayImport: [CORE, PORTS, '^lib/adapters/', SHARED_NAMES, ANY_PACKAGE, ANY_OF_NODE],
  },
  {
    room: 'cli',
    says: 'Commands over use cases; adapters only in the composition root, lib/cli/compose/.',
    files: '^lib/cli/',
    except: COMPOSITION_ROOTS,
    mayImport: [CORE, '^lib/pipeline/', '^lib/cli/', ANY_PACKAGE, ANY_OF_NODE],
  },
  {
    room: 'functions',
    says: 'Handlers over use cases; adapters only in the composition roots, compose.ts.',
    files: '^functions/',
    except: COMPOSITION_ROOTS,
    mayImport: [CORE, '^lib/pipeline/', '^functions/', SHARED_NAMES, ANY_PACKAGE, ANY_OF_NODE],
  },
  {
    room: 'composition-roots',
    says: 'Where use cases meet adapters.',
    files: COMPOSITION_ROOTS,
    mayImport: ['^lib/(core|scanner|pipeline|adapters|cli)/', '^functions/', SHARED_NAMES, ANY_PACKAGE, ANY_OF_NODE],
  },
  {
    room: 'shared-names',
    says: 'Constants that import nothing, so that a function does not carry the CDK.',
    files: SHARED_NAMES,
    mayImport: ['^$'],
  },
  {
    room: 'stacks',
    says: 'CDK constructs and the names they share; functions are named by path, never imported.',
    files: '^lib/stacks/',
    except: [STACK_CONFIG],
    mayImport: ['^lib/stacks/', PERMISSIONS, NOTICE_KINDS, packages('aws-cdk-lib', 'constructs'), node('path', 'url')],
  },
  {
    room: 'stack-config',
    says: 'The config file of a stack, read by schema with the appetite that it names: the one place where CDK and core meet.',
    files: STACK_CONFIG,
    mayImport: [CORE, '^lib/stacks/', packages('aws-cdk-lib', 'constructs', 'zod'), node('fs', 'path')],
  },
  {
    room: 'bin',
    says: 'Entry points only.',
    files: '^bin/',
    mayImport: [
      '^bin/',
      '^lib/cli/main\\.ts$',
      '^lib/core/errors/error\\.ts$',
      '^lib/stacks/config/stack-from-config\\.ts$',
      packages('aws-cdk-lib'),
      node('child_process', 'module', 'fs', 'url', 'process'),
    ],
  },
];

module.exports = {
  forbidden: [
    ...TABLE.map(({ room, says, files, except, mayImport }) => ({
      name: `room-${room}`,
      comment: says,
      severity: 'error',
      from: { path: files, ...(except && { pathNot: except }) },
      to: { pathNot: mayImport, couldNotResolve: false },
    })),
    {
      name: 'adapters-stand-alone',
      comment: 'An adapter does not build on another; a message as a file and as a mail have one form.',
      severity: 'error',
      from: { path: '^lib/adapters/([^/]+)/' },
      to: { path: '^lib/adapters/', pathNot: ['^lib/adapters/$1/', '^lib/adapters/mail/message\\.ts$'] },
    },
    {
      name: 'aws-on-demand',
      comment: "The laptop's commands start fast: what talks to AWS is loaded where a home on AWS is asked for.",
      severity: 'error',
      from: { path: '^lib/cli/', pathNot: '^lib/cli/compose/aws/' },
      to: {
        path: ['^lib/cli/compose/aws/', '^lib/adapters/aws/', packages('@aws-sdk', '@smithy')],
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nobody-imports-tests',
      comment: 'Tests, benchmarks and their support are for tests and benchmarks.',
      severity: 'error',
      from: { path: '^(lib|functions|bin)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'runs-on-what-is-installed',
      comment: 'What runs is a dependency, not a tool of development. The CDK runs where one develops.',
      severity: 'error',
      from: { path: '^(lib|functions|bin)/', pathNot: ['^lib/stacks/', '^bin/app\\.ts$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports and that imports nobody is left over.',
      severity: 'error',
      from: { orphan: true, path: '^(lib|functions|bench|docs|test)/', pathNot: ['\\.test\\.ts$', '^test/fixtures/'] },
      to: {},
    },
    {
      name: 'resolves',
      comment: 'What is imported exists. aws-lambda is types and nothing else (@types/aws-lambda).',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
