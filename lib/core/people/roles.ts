/** What people may do here, in words of the design. */
export const ROLES = ['developer', 'owner', 'approver', 'auditor', 'operator'] as const;

/**
 * `developer`: asks, and sees what is theirs. `owner`: carries the risk of assets. `approver`: decides what others
 * asked for. `auditor`: reads everything. `operator`: runs Cavendish.
 */
export type Role = (typeof ROLES)[number];
