import { join } from 'node:path';

import { openLocalStore } from '../../../../lib/adapters/local/store/local-store.ts';
import { registerStoreContract } from '../../../contracts/register-store.ts';
import type { OpenedRegister } from '../../../contracts/register-store/fixture.ts';
import { workQueueContract } from '../../../contracts/work-queue.ts';
import { delayIndexes } from '../../../support/delay-indexes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function openInFolder(): Promise<OpenedRegister & { leaseSeconds: number }> {
  const folder = await temporaryFolder();
  const { register, work, close } = openLocalStore(join(folder.path, 'register.sqlite'), { leaseSeconds: 60 });
  return {
    register,
    work,
    leaseSeconds: 60,
    settle: () => Promise.resolve(),
    async close() {
      close();
      await folder.remove();
    },
  };
}

registerStoreContract('SQLite', openInFolder);

registerStoreContract('SQLite, with indexes that lag,', async () => {
  const { register, work, close } = openLocalStore(':memory:');
  const delayed = delayIndexes(register);
  return { register: delayed, work, settle: async () => delayed.settle(), close: async () => close() };
});

workQueueContract('SQLite', openInFolder);
