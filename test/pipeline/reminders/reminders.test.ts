import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { remindersContract } from '../../contracts/reminders.ts';

remindersContract('SQLite', () => openLocalStore(':memory:').register);
