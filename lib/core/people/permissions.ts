/**
 * Who may do what: each operation with the roles of which one is enough.
 *
 * The command line and the API ask this table; the stack makes from it the routes of the API and a policy for each
 * role, so that what IAM lets through and what the program allows are the same.
 */
import { type Role, ROLES } from './roles.ts';

/** Also a principal that the appetite maps to nobody. */
const EVERYBODY: readonly Role[] = [];
/** Whoever the appetite maps to a person. */
const PEOPLE: readonly Role[] = ROLES;
/** Who sees what others own. */
const OVERSEERS: readonly Role[] = ['approver', 'auditor', 'operator'];

const APPROVERS: readonly Role[] = ['approver'];
/** Whoever runs Cavendish. */
const OPERATORS: readonly Role[] = ['operator'];

/** Who says what is done about a risk. */
const CARRIERS: readonly Role[] = ['owner', 'approver', 'operator'];
/** Who sees the register of everybody. */
const AUDITORS: readonly Role[] = ['auditor', 'operator'];

export const PERMISSIONS = {
  'ahead/dates': PEOPLE,
  'ahead/verdicts': PEOPLE,
  'appetite/adopt': OPERATORS,
  'appetite/history': PEOPLE,
  'appetite/rehearse': PEOPLE,
  'appetite/show': PEOPLE,
  'evidence/add': CARRIERS,
  'evidence/list': PEOPLE,
  explain: PEOPLE,
  'exception/apply': EVERYBODY,
  'exception/approve': APPROVERS,
  'exception/check': PEOPLE,
  'exception/import': EVERYBODY,
  'exception/list': PEOPLE,
  'exception/plan': PEOPLE,
  'exception/preview': PEOPLE,
  'exception/refuse': APPROVERS,
  'exception/request': EVERYBODY,
  // Whether it is theirs, or theirs to decide, is asked of each exception.
  'exception/review': PEOPLE,
  'exception/revoke': PEOPLE,
  'exception/show': PEOPLE,
  'exception/withdraw': EVERYBODY,
  'exception/withdraw-control': PEOPLE,
  affected: PEOPLE,
  'base/approve': ['approver', 'operator'],
  'base/list': PEOPLE,
  'base/revoke': ['approver', 'operator'],
  feeds: PEOPLE,
  'feeds/diff': PEOPLE,
  'feeds/inspect': PEOPLE,
  'feeds/reject': OPERATORS,
  'feeds/release': OPERATORS,
  images: PEOPLE,
  'register/export': AUDITORS,
  // Whether it is theirs is asked of each date.
  'reminders/ack': PEOPLE,
  'reminders/list': PEOPLE,
  'risk/add': CARRIERS,
  'risk/assign': CARRIERS,
  'risk/close': CARRIERS,
  'risk/history': PEOPLE,
  'risk/list': PEOPLE,
  'risk/show': PEOPLE,
  'risk/treat': CARRIERS,
  // It may be what a stage asks for.
  import: CARRIERS,
  inbox: OVERSEERS,
  'lineage/bases': PEOPLE,
  'lineage/graph': OVERSEERS,
  'lineage/tree': PEOPLE,
  replay: PEOPLE,
  sbom: PEOPLE,
  show: PEOPLE,
  sight: OPERATORS,
  sightings: PEOPLE,
  // An operator anybody; others themselves, of what they get to see.
  subscribe: PEOPLE,
  subscribers: PEOPLE,
  unsubscribe: PEOPLE,
  whoami: EVERYBODY,
} satisfies Readonly<Record<string, readonly Role[]>>;

/** By which an operation is called: the API's path behind `/v1/`. */
export type OperationName = keyof typeof PERMISSIONS;

/** Whether one of these roles, or none at all where that is enough, may call it. */
export function mayCall(name: OperationName, roles: readonly Role[]): boolean {
  const enough: readonly Role[] = PERMISSIONS[name];
  return enough.length === 0 || enough.some((role) => roles.includes(role));
}

/** What a role may call, in the order of names; everybody's operations are each role's too. */
export function operationsOf(role: Role): readonly OperationName[] {
  return (Object.keys(PERMISSIONS) as OperationName[]).filter((name) => mayCall(name, [role])).sort();
}
