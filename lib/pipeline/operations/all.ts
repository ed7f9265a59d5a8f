/** Every operation of a home, by name. Each stands beside its use case. */
import type { OperationName } from '../../core/people/permissions.ts';
import { adoptOperation, historyOperation, rehearseOperation, showOperation } from '../appetite/operations.ts';
import { imagesOperation } from '../read-board/operations.ts';
import { type Callable, callable } from './run-operation.ts';
import { whoamiOperation } from './whoami.ts';

export const OPERATIONS: Readonly<Record<OperationName, Callable>> = {
  'appetite/adopt': callable(adoptOperation),
  'appetite/history': callable(historyOperation),
  'appetite/rehearse': callable(rehearseOperation),
  'appetite/show': callable(showOperation),
  images: callable(imagesOperation),
  whoami: callable(whoamiOperation),
};
