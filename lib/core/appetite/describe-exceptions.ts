/** What an appetite says of exceptions, in words. */
import { counted, plainLine } from '../text/plain.ts';
import type { Appetite } from './appetite.ts';
import { CRITICALITIES } from './criticality.ts';
import type { ApproverRule, ExceptionPolicy, LapsePolicy } from './exception-policy.ts';

export function describeExceptions({ people, exceptions }: Pick<Appetite, 'people' | 'exceptions'>): readonly string[] {
  const { required, longestDays, controls, never, lapse } = exceptions;
  const longest = CRITICALITIES.map((criticality) =>
    longestDays[criticality] === 0
      ? `none of ${criticality} criticality`
      : `${counted(longestDays[criticality], 'day')} of ${criticality} criticality`,
  );
  const ends = endsOf(lapse);
  return [
    'Exceptions',
    `  Each needs ${['a scope', 'a reason', 'an owner', 'an expiry', ...required.map((one) => NEEDS[one])].join(', ')}.`,
    `  The longest: ${longest.join(', ')}.`,
    `  Controls together lower the likelihood by at most ${percent(controls.likelihood)}, the impact by at most ${percent(controls.impact)}.`,
    ...approversOf(
      exceptions,
      people.some(({ roles }) => roles.includes('approver')),
    ),
    ...(never.length === 0 ? ['  Nothing is barred from being excepted.'] : ['  Never excepted:']),
    ...never.flatMap(({ id, says, finding }) => [
      `    ${id}: ${plainLine(says)}`,
      `      a finding where ${plainLine(finding.replace(/\s+/gu, ' '))}`,
    ]),
    ends.length === 0
      ? '  Nothing but its end, and people, end one.'
      : `  One ends early when ${ends.join('; when ')}.`,
  ];
}

const NEEDS: Readonly<Record<ExceptionPolicy['required'][number], string>> = {
  controls: 'a compensating control',
  review: 'a review date',
  links: 'a link',
};

function approversOf({ approvers }: ExceptionPolicy, anyApprover: boolean): readonly string[] {
  if (!anyApprover) return ['  Nobody has the role approver: none can be granted.'];
  if (approvers.length === 0) return ['  Whoever has the role approver approves, but never their own request.'];
  return [
    '  Who approves, but never their own request:',
    ...approvers.map((rule) => `    ${plainLine(ruleInWords(rule))}`),
  ];
}

function ruleInWords({ people, stages, criticality, assets }: ApproverRule): string {
  const of = [
    stages === null ? 'every stage' : stages.join(', '),
    ...(criticality === null ? [] : [`criticality ${criticality.join(', ')}`]),
    assets === null ? 'every asset' : `assets ${assets.join(', ')}`,
  ];
  return `${people === null ? 'every approver' : people.join(', ')}: ${of.join('; ')}`;
}

function endsOf({ kev, epss, fix, control, owner, baseApproval }: LapsePolicy): readonly string[] {
  return [
    ...(kev ? ['the vulnerability is listed in KEV'] : []),
    ...(epss === null ? [] : [`its EPSS score rises by ${percent(epss)} or more under one model`]),
    ...(fix ? ['a fix is out'] : []),
    ...(control ? ['a control is withdrawn'] : []),
    ...(owner ? ['its owner is no longer among the people'] : []),
    ...(baseApproval ? ['the approval of the base ends'] : []),
  ];
}

function percent(share: number): string {
  return `${String(Math.round(share * 1000) / 10)} %`;
}
