/** Every operation of a home, by name. Each stands beside its use case. */
import type { OperationName } from '../../core/people/permissions.ts';
import { adoptOperation, historyOperation, rehearseOperation, showOperation } from '../appetite/operations.ts';
import * as exceptions from '../exceptions/operations.ts';
import { imagesOperation } from '../read-board/operations.ts';
import * as risks from '../risks/operations.ts';
import * as validations from '../validations/operations.ts';
import { type Callable, callable } from './run-operation.ts';
import { whoamiOperation } from './whoami.ts';

export const OPERATIONS: Readonly<Record<OperationName, Callable>> = {
  'appetite/adopt': callable(adoptOperation),
  'appetite/history': callable(historyOperation),
  'appetite/rehearse': callable(rehearseOperation),
  'appetite/show': callable(showOperation),
  'evidence/add': callable(validations.evidenceAddOperation),
  'evidence/list': callable(validations.evidenceListOperation),
  'exception/apply': callable(exceptions.applyOperation),
  'exception/approve': callable(exceptions.approveOperation),
  'exception/check': callable(exceptions.checkOperation),
  'exception/import': callable(exceptions.importOperation),
  'exception/list': callable(exceptions.listOperation),
  'exception/plan': callable(exceptions.planOperation),
  'exception/preview': callable(exceptions.previewOperation),
  'exception/refuse': callable(exceptions.refuseOperation),
  'exception/request': callable(exceptions.requestOperation),
  'exception/review': callable(exceptions.reviewOperation),
  'exception/revoke': callable(exceptions.revokeOperation),
  'exception/show': callable(exceptions.showOperation),
  'exception/withdraw': callable(exceptions.withdrawOperation),
  'exception/withdraw-control': callable(exceptions.withdrawControlOperation),
  images: callable(imagesOperation),
  'register/export': callable(risks.registerExportOperation),
  'risk/add': callable(risks.riskAddOperation),
  'risk/assign': callable(risks.riskAssignOperation),
  'risk/close': callable(risks.riskCloseOperation),
  'risk/history': callable(risks.riskHistoryOperation),
  'risk/list': callable(risks.riskListOperation),
  'risk/show': callable(risks.riskShowOperation),
  'risk/treat': callable(risks.riskTreatOperation),
  whoami: callable(whoamiOperation),
};
