/**
 * Three years of reminders of 1,000 exceptions in five zones, by a ticker that is killed at random moments; and whether
 * they are those that `rehearse` said. `TMPDIR=/dev/shm node bench/long-life.ts [EXCEPTIONS [LATEST]]`: a process lives
 * so many milliseconds at most (3000). Exits with 1 where one is lost, surplus or double.
 */
import { killedLife } from '../test/support/killed-life.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';

const exceptions = Number(process.argv[2] ?? '1000');
const latest = Number(process.argv[3] ?? '3000');
const folder = await temporaryFolder();
const began = Date.now();
const lived = await killedLife({
  ...{ folder: folder.path, exceptions, days: 175, until: '2029-11-24T00:00:00.000Z', kills: Infinity, latest },
  onDeath: (deaths) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${String(deaths)} deaths`);
  },
});
await folder.remove();
const { rehearsed, mails, deaths, lost, surplus, double } = lived;
console.log({
  rehearsed,
  mails,
  deaths,
  lost: lost.length,
  surplus: surplus.length,
  double: double.length,
  seconds: Math.round((Date.now() - began) / 1000),
});
if (lived.lost.length + lived.surplus.length + lived.double.length > 0) process.exitCode = 1;
