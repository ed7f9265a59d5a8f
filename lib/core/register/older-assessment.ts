/**
 * Assessments of earlier rules, as they read today: what was not known then is said to be the image's
 * own. Only for showing; a replay compares what was recorded, as it was recorded.
 */
import { NO_LINEAGE } from '../lineage/lineage.ts';
import type { Finding } from '../matching/finding.ts';
import { splitOf } from '../scoring/split.ts';
import type { Assessment } from './assessment.ts';

/** Rules version 1 knew nothing of bases. */
type Recorded = Omit<Assessment, 'findings' | 'split' | 'inputs'> & {
  readonly findings: readonly (Omit<Finding, 'inheritedFrom'> & Partial<Pick<Finding, 'inheritedFrom'>>)[];
  readonly split?: Assessment['split'];
  readonly inputs: Omit<Assessment['inputs'], 'lineage'> & Partial<Pick<Assessment['inputs'], 'lineage'>>;
};

export function readToday(recorded: Recorded): Assessment {
  const findings = recorded.findings.map((finding) => ({ ...finding, inheritedFrom: finding.inheritedFrom ?? null }));
  return {
    ...recorded,
    findings,
    split: recorded.split ?? splitOf(findings, recorded.score.open !== null),
    inputs: { ...recorded.inputs, lineage: recorded.inputs.lineage ?? NO_LINEAGE },
  };
}
