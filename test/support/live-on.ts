/** Goes on with the life of a home: `live-on.ts FOLDER UNTIL`. Whoever starts it may kill it at any moment. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { writeDurably } from '../../lib/adapters/local/home/durable-file.ts';
import { homeIn } from './killed-life.ts';
import { live } from './long-life.ts';

const [folder = '', until = ''] = process.argv.slice(2);
const file = `${folder}/clock`;
const clock = {
  get: async () => (existsSync(file) ? await readFile(file, 'utf8') : null),
  set: (instant: string) => writeDurably(file, Buffer.from(instant)),
};
const home = await homeIn(folder);
process.stdout.write('living\n');
await live(until, { ...home, clock });
home.store.close();
