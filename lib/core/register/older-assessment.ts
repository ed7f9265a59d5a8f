/**
 * Assessments of earlier rules, as they read today: what was not known then is said to be the image's
 * own, and covered by nothing. Only for showing; a replay compares what was recorded, as it was recorded.
 */
import { NO_LINEAGE } from '../lineage/lineage.ts';
import type { Finding } from '../matching/finding.ts';
import { splitOf } from '../scoring/split.ts';
import type { Assessment } from './assessment.ts';
import { NO_HISTORY } from './judged-evidence.ts';

/** Rules version 1 knew nothing of bases, version 2 nothing of exceptions. */
type NewInFindings = 'inheritedFrom' | 'exceptions';
type NewInInputs = 'lineage' | 'history';
type New = 'split' | 'openCounts' | 'lapsed' | 'barred';

type Recorded = Omit<Assessment, 'findings' | 'inputs' | New> &
  Partial<Pick<Assessment, New>> & {
    readonly findings: readonly (Omit<Finding, NewInFindings> & Partial<Pick<Finding, NewInFindings>>)[];
    readonly inputs: Omit<Assessment['inputs'], NewInInputs> & Partial<Pick<Assessment['inputs'], NewInInputs>>;
  };

export function readToday(recorded: Recorded): Assessment {
  const findings = recorded.findings.map((finding) => ({
    ...finding,
    inheritedFrom: finding.inheritedFrom ?? null,
    exceptions: finding.exceptions ?? [],
  }));
  return {
    ...recorded,
    findings,
    split: recorded.split ?? splitOf(findings, recorded.score.open !== null),
    openCounts: recorded.openCounts ?? recorded.counts,
    lapsed: recorded.lapsed ?? [],
    barred: recorded.barred ?? [],
    inputs: {
      ...recorded.inputs,
      lineage: recorded.inputs.lineage ?? NO_LINEAGE,
      history: recorded.inputs.history ?? NO_HISTORY,
    },
  };
}
