/** Every operation of a home, by name. Each stands beside its use case. */
import type { OperationName } from '../../core/people/permissions.ts';
import { affectedOperation } from '../affected/operations.ts';
import { aheadDatesOperation, aheadVerdictsOperation } from '../ahead/operations.ts';
import {
  adoptOperation,
  historyOperation,
  rehearseOperation,
  showOperation as showAppetiteOperation,
} from '../appetite/operations.ts';
import * as exceptions from '../exceptions/operations.ts';
import {
  diffFeedOperation,
  feedsOperation,
  inspectFeedOperation,
  rejectFeedOperation,
  releaseFeedOperation,
} from '../feeds/operations.ts';
import { sbomOperation } from '../judge-image/operations.ts';
import {
  approveBaseOperation,
  basesOperation,
  graphOperation,
  listBasesOperation,
  revokeBaseOperation,
  treeOperation,
} from '../lineage/operations.ts';
import { explainOperation } from '../read-board/explain.ts';
import { imagesOperation } from '../read-board/operations.ts';
import { showOperation } from '../read-board/show.ts';
import { inboxOperation } from '../read-notices/operations.ts';
import * as reminders from '../reminders/operations.ts';
import { replayOperation } from '../replay-assessment/operations.ts';
import * as risks from '../risks/operations.ts';
import { importOperation } from '../second-opinion/operations.ts';
import { sightingsOperation, sightOperation } from '../sightings/operations.ts';
import * as subscribers from '../subscribers/operations.ts';
import * as validations from '../validations/operations.ts';
import { type Callable, callable } from './run-operation.ts';
import { whoamiOperation } from './whoami.ts';

export const OPERATIONS: Readonly<Record<OperationName, Callable>> = {
  'ahead/dates': callable(aheadDatesOperation),
  'ahead/verdicts': callable(aheadVerdictsOperation),
  'appetite/adopt': callable(adoptOperation),
  'appetite/history': callable(historyOperation),
  'appetite/rehearse': callable(rehearseOperation),
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
  'appetite/show': callable(showAppetiteOperation),
  affected: callable(affectedOperation),
  'base/approve': callable(approveBaseOperation),
  'base/list': callable(listBasesOperation),
  'base/revoke': callable(revokeBaseOperation),
  explain: callable(explainOperation),
  feeds: callable(feedsOperation),
  'feeds/diff': callable(diffFeedOperation),
  'feeds/inspect': callable(inspectFeedOperation),
  'feeds/reject': callable(rejectFeedOperation),
  'feeds/release': callable(releaseFeedOperation),
  images: callable(imagesOperation),
  'register/export': callable(risks.registerExportOperation),
  'reminders/ack': callable(reminders.remindersAckOperation),
  'reminders/list': callable(reminders.remindersListOperation),
  'risk/add': callable(risks.riskAddOperation),
  'risk/assign': callable(risks.riskAssignOperation),
  'risk/close': callable(risks.riskCloseOperation),
  'risk/history': callable(risks.riskHistoryOperation),
  'risk/list': callable(risks.riskListOperation),
  'risk/show': callable(risks.riskShowOperation),
  'risk/treat': callable(risks.riskTreatOperation),
  import: callable(importOperation),
  inbox: callable(inboxOperation),
  'lineage/bases': callable(basesOperation),
  'lineage/graph': callable(graphOperation),
  'lineage/tree': callable(treeOperation),
  replay: callable(replayOperation),
  sbom: callable(sbomOperation),
  show: callable(showOperation),
  sight: callable(sightOperation),
  sightings: callable(sightingsOperation),
  subscribe: callable(subscribers.subscribeOperation),
  subscribers: callable(subscribers.subscribersOperation),
  unsubscribe: callable(subscribers.unsubscribeOperation),
  whoami: callable(whoamiOperation),
};
