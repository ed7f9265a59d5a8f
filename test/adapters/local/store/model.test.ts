import { openLocalStore } from '../../../../lib/adapters/local/store/local-store.ts';
import { MODEL_LEASE_SECONDS, storeModelContract } from '../../../contracts/store-model.ts';

async function openInMemory() {
  const { register, work, close } = openLocalStore(':memory:', { leaseSeconds: MODEL_LEASE_SECONDS });
  return { register, work, close: async () => close() };
}

storeModelContract('the local store', openInMemory, 150);
