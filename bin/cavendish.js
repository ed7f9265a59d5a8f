#!/usr/bin/env node
/**
 * The launcher: starts the program on a Node that runs TypeScript as it is. In a clone that is
 * bin/cavendish.ts; where Cavendish is installed as a package, what that was compiled to.
 *
 * Plain JavaScript that old Nodes can read, so that the wrong one says what to do, and does not
 * die of a syntax error. On Node 24 or newer it loads the program here; on an older one it runs
 * itself again on the Node that the `node` package brought, with the same streams, signals and
 * exit code.
 */
import { spawn, spawnSync } from 'child_process';
import { existsSync } from 'fs';
import module from 'module';
import { fileURLToPath } from 'url';

const OLDEST = 24;
/** EX_SOFTWARE of sysexits.h: a failure that is not the user's wrong use. */
const EXIT_FAILURE = 70;

/** @returns {string} the path of a file beside this one */
function beside(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

const isClone = existsSync(beside('./cavendish.ts'));
const program = isClone ? './cavendish.ts' : '../dist/bin/cavendish.js';
/** Where dependencies are: below a clone; for an installed package also beside it. */
const installed = (isClone ? ['../node_modules/'] : ['../node_modules/', '../../']).map(beside);
const nodePackage = installed.map((folder) => `${folder}node/`).find((folder) => existsSync(folder));
const bundled = `${nodePackage ?? installed[0]}bin/node`;

/** @returns {number} the major version that `v24.21.0` names; 0 for anything else */
function majorOf(version) {
  const found = /^v(\d+)\./.exec(version);
  return found === null ? 0 : Number(found[1]);
}

function isInstalled() {
  return installed.some((folder) => existsSync(folder));
}

function fail(...lines) {
  console.error(lines.join('\n'));
  process.exitCode = EXIT_FAILURE;
}

/** Experimental parts of Node are chosen here with open eyes; every other warning is shown. */
function hideExperimentalWarnings() {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') printers.forEach((print) => print(warning));
  });
}

function load() {
  hideExperimentalWarnings();
  // What was compiled once is compiled: a clone's TypeScript above all. Not in a folder that others may write to, nor
  // where it would make one of a clone that nothing is installed in.
  if (isClone && isInstalled()) module.enableCompileCache(beside('../node_modules/.cache/cavendish'));
  import(program).catch((error) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && !isInstalled()) {
      fail('Cavendish is not installed yet: what it depends on is missing.', 'Run: npm ci');
    } else {
      fail(error.stack);
    }
  });
}

/**
 * A terminal sends Ctrl-C and a hang-up to every process of the foreground, the program included:
 * handed on, they would come twice.
 */
function handOn(signal, child) {
  const fromTerminal = signal !== 'SIGTERM' && Boolean(process.stdin.isTTY || process.stderr.isTTY);
  if (!fromTerminal) child.kill(signal);
}

function runAgain() {
  const child = spawn(bundled, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => handOn(signal, child));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** What to do, by what is missing: everything, the package, or the binary that its install script brings. */
function remedy() {
  if (!isInstalled()) return 'npm ci';
  if (nodePackage === undefined) return 'npm ci --include=optional';
  return 'npm rebuild node --ignore-scripts=false';
}

function sayWhatToDo() {
  fail(
    `Cavendish needs Node ${OLDEST} or newer. This is Node ${process.version.slice(1)}, and the one that comes with`,
    'Cavendish is missing or does not run: install scripts were off, or there is none for this machine.',
    '',
    `Run: ${remedy()}`,
    `or install Node ${OLDEST} or newer.`,
  );
}

if (majorOf(process.version) >= OLDEST) load();
else if (majorOf(String(spawnSync(bundled, ['--version']).stdout)) >= OLDEST) runAgain();
else sayWhatToDo();
