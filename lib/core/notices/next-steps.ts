/** What somebody can do about a verdict: computed from its reasons and gaps, never general advice. */
import type { Assessment } from '../register/assessment.ts';
import { counted } from '../text/plain.ts';
import { type Item, says, step } from './letter.ts';

/** The one that helps most first. */
export function nextSteps({
  findings,
  reasons,
  gaps,
}: Pick<Assessment, 'findings' | 'reasons' | 'gaps'>): readonly Item[] {
  const breaking = new Set(
    reasons.flatMap((reason) => reason.findings.map(({ vulnerability, package: name }) => `${vulnerability} ${name}`)),
  );
  const bySource = new Map<string, { fixedIn: string; names: Set<string>; vulnerabilities: Set<string> }>();
  const unfixed = new Set<string>();
  for (const finding of findings) {
    if (!breaking.has(`${finding.vulnerability} ${finding.package.name}`)) continue;
    if (finding.fixedIn === null) {
      unfixed.add(finding.vulnerability);
      continue;
    }
    const key = `${finding.package.source.name} ${finding.fixedIn}`;
    const step = bySource.get(key) ?? { fixedIn: finding.fixedIn, names: new Set(), vulnerabilities: new Set() };
    step.names.add(finding.package.name);
    step.vulnerabilities.add(finding.vulnerability);
    bySource.set(key, step);
  }
  const upgrades = [...bySource.values()]
    .sort((a, b) => b.vulnerabilities.size - a.vulnerabilities.size)
    .map(({ names, fixedIn, vulnerabilities }) =>
      says(
        `upgrade ${[...names].sort().join(', ')} to ${fixedIn} or later (ends ${counted(vulnerabilities.size, 'vulnerability', 'vulnerabilities')})`,
      ),
    );
  const rest = unfixed.size === 0 ? [] : [says(`no fix is known yet for ${[...unfixed].sort().join(', ')}`)];
  return [...upgrades, ...rest, ...gapSteps(gaps)];
}

function gapSteps(gaps: Assessment['gaps']): readonly Item[] {
  const kinds = new Set(gaps.filter(({ tolerated }) => !tolerated).map(({ kind }) => kind));
  const steps: Item[] = [];
  if (kinds.has('feed-stale') || kinds.has('feed-missing')) {
    steps.push(step('bring newer intelligence', 'cavendish feeds import PATH'));
  }
  if (kinds.has('unanswered-package')) {
    steps.push(
      step('import advisories that answer for the packages', 'cavendish feeds import PATH --complete ECOSYSTEM'),
    );
  }
  if (kinds.has('unanswered-ecosystem')) {
    const languages = gaps.filter(({ kind }) => kind === 'unanswered-ecosystem').map(({ subject }) => subject);
    steps.push(step(`fetch the advisories of ${languages.join(', ')}`, 'cavendish feeds refresh --only osv'));
  }
  if (kinds.has('unanswered-runtime')) {
    const runtimes = gaps
      .filter(({ kind, tolerated }) => kind === 'unanswered-runtime' && !tolerated)
      .map(({ subject }) => subject);
    steps.push(
      says(`take ${runtimes.join(', ')} from the distribution, or let the stage tolerate that nobody answers for it`),
    );
  }
  if (kinds.has('unreadable-image') || kinds.has('scan-failed')) steps.push(says('push the image again, whole'));
  return steps;
}
