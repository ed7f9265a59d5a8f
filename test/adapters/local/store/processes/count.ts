/** Adds one to a counter that others count on too, so many times; writes history of each. */
import { openLocalStore } from '../../../../../lib/adapters/local/store/local-store.ts';
import { isCavendishError } from '../../../../../lib/core/errors/error.ts';

const [file = '', times = '0'] = process.argv.slice(2);
const { register, close } = openLocalStore(file);
const key = { pk: 'COUNTER', sk: 'one' };

async function addOne(): Promise<void> {
  const held = await register.get(key);
  const n = Number(held?.body['n'] ?? 0) + 1;
  await register.commit({
    puts: [{ item: { ...key, body: { n } }, when: held === null ? 'absent' : { version: held.version } }],
    history: [{ pk: 'HISTORY', sk: String(n), body: { by: process.pid } }],
    outbox: [{ id: String(n), type: 'counted', body: {} }],
  });
}

for (let done = 0; done < Number(times);) {
  try {
    await addOne();
    done += 1;
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
close();
