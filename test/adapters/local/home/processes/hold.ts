/** Holds a home until it is ended. */
import { openHome } from '../../../../../lib/adapters/local/home/home.ts';

const [folder = ''] = process.argv.slice(2);
const home = await openHome(folder, { exclusive: true, since: new Date('2026-11-23T00:00:00Z') });
await home.announce(['http://127.0.0.1:5000', 'http://127.0.0.1:5001']);
process.stdout.write('held\n');
process.stdin.resume();
