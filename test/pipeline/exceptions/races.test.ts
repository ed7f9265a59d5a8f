/** As many as fit into a minute's budget; `npm run test:aws` runs a thousand. */
import { afterAll } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { exceptionRaces } from '../../contracts/exception-races.ts';

const store = openLocalStore(':memory:');
afterAll(() => {
  store.close();
});

exceptionRaces('SQLite', 60, () => store);
