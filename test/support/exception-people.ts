/** People who ask for exceptions and decide on them, as the use cases get them. */
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { contentId } from '../../lib/core/canonical/canonical.ts';
import type { Draft } from '../../lib/core/exceptions/exception.ts';
import { callerOf } from '../../lib/core/people/caller.ts';
import { endOfDay } from '../../lib/core/time/end.ts';
import type { Acting } from '../../lib/pipeline/exceptions/act.ts';

/** Ada and Amir may decide; of Ada there are two principals; Olive owns; others are nobody. */
export const PEOPLE_APPETITE = `
version: 1
statement: What we accept.
people:
  - { name: Ada Asker, principals: ['laptop:ada', 'laptop:ada-at-home'], roles: [developer, approver] }
  - { name: Amir Approver, principals: ['laptop:amir'], roles: [approver] }
  - { name: Anna Approver, principals: ['laptop:anna'], roles: [approver] }
  - { name: Olive Owner, principals: ['laptop:olive'], roles: [owner] }
unnamed: { stage: testing, owner: nobody, criticality: low }
assets:
  - { id: shop, repositories: ['team/shop'], owner: Olive Owner, stage: production, criticality: medium }
exceptions: { required: [] }
stages:
  development: { criteria: [{ id: ok, says: ok, image: "false" }] }
  testing: { criteria: [{ id: ok, says: ok, image: "false" }] }
  production: { criteria: [{ id: ok, says: ok, image: "false" }] }
`;

const appetite = {
  hash: contentId(PEOPLE_APPETITE),
  source: 'a test',
  value: parseAppetite(PEOPLE_APPETITE, 'a test'),
};

/** Somebody who does something at an instant (ISO 8601 with milliseconds). */
export function acting(name: string, at: string, stores: Pick<Acting, 'register' | 'evidence'>): Acting {
  return { ...stores, appetite, at, caller: callerOf(appetite.value, `laptop:${name}`, false) };
}

export function aDraft(given: Partial<Draft> = {}): Draft {
  return {
    scope: { vulnerabilities: ['CVE-2026-1'], packages: [], images: { asset: 'shop' }, stages: ['production'] },
    reason: 'It is not reachable.',
    owner: 'Olive Owner',
    controls: [],
    review: null,
    expiry: endOfDay('2026-12-31', 'UTC'),
    links: [],
    ...given,
  };
}
