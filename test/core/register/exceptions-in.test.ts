import { describe, expect, it } from '@jest/globals';

import type { Finding } from '../../../lib/core/matching/finding.ts';
import { exceptionsIn } from '../../../lib/core/register/exceptions-in.ts';
import { aFinding } from '../../support/assessments.ts';
import { anExceptionId, OWNER } from '../../support/grants.ts';

type By = Finding['exceptions'][number];

function by(number: number, given: Partial<By> = {}): By {
  return { id: anExceptionId(number), owner: OWNER, until: '2027-01-01T08:30:00.000Z', share: 1, ...given };
}

const binary = (name: string): Finding['package'] => ({ ...aFinding().package, name });

describe('the exceptions of an assessment in words', () => {
  it('are a line each, in the order of their ids, with the end, the owner and what is left of the risk', () => {
    const findings = [
      aFinding({ exceptions: [by(2), by(1, { share: 0.4 })] }),
      aFinding({ vulnerability: 'CVE-2026-2', exceptions: [by(1, { share: 0.4 })] }),
    ];
    expect(exceptionsIn({ findings })).toEqual([
      `${anExceptionId(1)} until 2027-01-01 08:30 UTC (owner Olive Owner): 2 vulnerabilities; controls leave 40 % of the risk`,
      `${anExceptionId(2)} until 2027-01-01 08:30 UTC (owner Olive Owner): 1 vulnerability`,
    ]);
  });

  it('count a vulnerability once, in whatever number of binary packages it is', () => {
    const findings = ['perl', 'perl-base'].map((name) => aFinding({ package: binary(name), exceptions: [by(1)] }));
    expect(exceptionsIn({ findings })).toEqual([expect.stringMatching(/: 1 vulnerability$/u)]);
  });

  it('say a share to a tenth of a percent', () => {
    const findings = [aFinding({ exceptions: [by(1, { share: 0.12345 })] })];
    expect(exceptionsIn({ findings })).toEqual([expect.stringMatching(/; controls leave 12\.3 % of the risk$/u)]);
  });

  it('are none where nothing is excepted', () => {
    expect(exceptionsIn({ findings: [aFinding()] })).toEqual([]);
  });
});
