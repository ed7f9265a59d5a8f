/** Claims all there is, beside others that do the same, and says what it got. */
import { openLocalStore } from '../../../../../lib/adapters/local/store/local-store.ts';

const [file = '', now = ''] = process.argv.slice(2);
const { work, close } = openLocalStore(file);

const ids: string[] = [];
for (let got = await work.claim(new Date(now)); got !== null; got = await work.claim(new Date(now))) {
  ids.push(got.id);
  if (ids.length % 3 === 0) await work.done(got);
}
process.stdout.write(JSON.stringify(ids));
close();
