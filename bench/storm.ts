/**
 * A storm of pushes through the functions, every message twice (or once): what came of it, and what is asked of each
 * service for one push. `node bench/storm.ts [IMAGES [1]]`; 2,000 images, each message twice, where left out.
 */
import { storm } from '../test/functions/support/storm.ts';

const images = Number(process.argv[2] ?? '2000');
const write = process.stdout.write.bind(process.stdout);
// What the functions log would bury what is counted.
process.stdout.write = () => true;
const began = process.cpuUsage();
const { asked, ...came } = await storm(images, process.argv[3] === '1' ? 1 : 2);
const { user, system } = process.cpuUsage(began);
process.stdout.write = write;

console.log(came);
console.log(`processor time for one push, all functions: ${((user + system) / 1000 / images).toFixed(1)} ms`);
for (const [what, count] of Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${what.padEnd(24)} ${String(count).padStart(8)} ${(count / images).toFixed(2).padStart(8)} a push`);
}
