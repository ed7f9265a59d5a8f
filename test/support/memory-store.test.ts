import { registerStoreContract } from '../contracts/register-store.ts';
import { workQueueContract } from '../contracts/work-queue.ts';
import { delayIndexes } from './delay-indexes.ts';
import { memoryStore } from './memory-store.ts';

const nothing = (): Promise<void> => Promise.resolve();

registerStoreContract('the model', async () => ({ ...memoryStore(), settle: nothing, close: nothing }));

registerStoreContract('the model, with indexes that lag,', async () => {
  const { register, work } = memoryStore();
  const delayed = delayIndexes(register);
  return { register: delayed, work, settle: async () => delayed.settle(), close: nothing };
});

workQueueContract('the model', async () => ({
  ...memoryStore({ leaseSeconds: 60 }),
  leaseSeconds: 60,
  close: nothing,
}));
