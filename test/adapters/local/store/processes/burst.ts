/** Commits numbered groups until it is killed, and says each number once its commit has returned. */
import { writeSync } from 'node:fs';

import { openLocalStore } from '../../../../../lib/adapters/local/store/local-store.ts';

const [file = '', first = '0'] = process.argv.slice(2);
const { register } = openLocalStore(file);

for (let n = Number(first); ; n += 1) {
  const padding = 'x'.repeat((n * 1009) % 9000);
  await register.commit({
    puts: ['A', 'B'].map((pk) => ({ item: { pk, sk: String(n), body: { padding } }, when: 'absent' })),
    history: [{ pk: 'HISTORY', sk: String(n), body: { n } }],
    outbox: [{ id: String(n), type: 'judge', body: {} }],
  });
  writeSync(1, `${n}\n`);
}
