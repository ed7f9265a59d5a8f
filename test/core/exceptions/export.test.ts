import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import type { Exception } from '../../../lib/core/exceptions/exception.ts';
import { exceptionsAsCsv, exceptionsAsOpenVex, exceptionsAsYaml } from '../../../lib/core/exceptions/export.ts';
import type { ScopedImages } from '../../../lib/core/exceptions/scope.ts';
import { ended, granted, requested } from '../../../lib/core/exceptions/transitions.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { aDigest } from '../../support/assessments.ts';
import { aDraft } from '../../support/exception-people.ts';
import { aControl } from '../../support/grants.ts';

const AT = '2026-11-25T09:00:00.000Z';
const LATER = '2026-11-26T09:00:00.000Z';
const DIGEST = aDigest('image');

const HEAD =
  'id,state,vulnerabilities,packages,images,stages,reason,owner,requester,approver,' +
  'requested_at,decided_at,review,expiry,controls,links,ended_at,ended_how,ended_why';

function asked(terms: Parameters<typeof aDraft>[0] = {}): Exception {
  return requested(aDraft(terms), {
    requester: { principal: 'laptop:ada', person: 'Ada Asker' },
    at: AT,
    renews: null,
  });
}

function scopeOf(images: ScopedImages, packages: readonly string[] = [], vulnerabilities = ['CVE-2026-1']) {
  return { vulnerabilities, packages, images, stages: ['production' as const] };
}

const FULL = ended(
  granted(
    asked({
      scope: {
        ...scopeOf({ asset: 'shop' }, ['perl', 'zlib'], ['CVE-2026-1', 'CVE-2026-2']),
        stages: ['production', 'testing'],
      },
      controls: [aControl(0.5, 0, 'waf'), aControl(0.1, 0, 'seal')],
      review: endOfDay('2026-12-01', 'UTC'),
      links: ['https://example.org/1', 'https://example.org/2'],
    }),
    { approver: { principal: 'laptop:amir', person: null }, at: LATER, grant: aDigest('grant') },
  ),
  'revoked',
  { at: '2026-11-27T09:00:00.000Z', why: 'the upgrade is out' },
);

describe('exceptions as CSV', () => {
  it('are a line each under a head, with all that was asked for and decided', () => {
    expect(exceptionsAsCsv([FULL]).trimEnd().split('\r\n')).toEqual([
      HEAD,
      [
        ...[FULL.id, 'ended', 'CVE-2026-1 CVE-2026-2', 'perl zlib', 'asset shop', 'production testing'],
        ...['It is not reachable.', 'Olive Owner', 'Ada Asker', 'laptop:amir', AT, LATER, '2026-12-01', '2026-12-31'],
        ...['waf: It filters.; seal: It filters.', 'https://example.org/1 https://example.org/2'],
        ...['2026-11-27T09:00:00.000Z', 'revoked', 'the upgrade is out'],
      ].join(','),
    ]);
  });

  it('leave empty what nobody said or decided', () => {
    const bare = asked({ reason: null, owner: null, expiry: null });
    expect(exceptionsAsCsv([bare]).trimEnd().split('\r\n')[1]).toBe(
      `${bare.id},requested,CVE-2026-1,,asset shop,production,,,Ada Asker,,${AT},,,,,,,,`,
    );
  });

  it.each<[ScopedImages, string]>([
    [{ repository: 'team/*' }, 'repository team/*'],
    [{ digest: DIGEST }, DIGEST],
    [{ base: DIGEST, name: 'debian:12' }, `base debian:12 ${DIGEST}`],
  ])('say which images: %j', (images, cell) => {
    expect(exceptionsAsCsv([asked({ scope: scopeOf(images) })])).toContain(`,${cell},production,`);
  });
});

describe('exceptions as YAML', () => {
  it('are all of each', () => {
    expect(parse(exceptionsAsYaml([FULL]))).toEqual(JSON.parse(JSON.stringify([FULL])));
  });
});

describe('exceptions as OpenVEX', () => {
  const vex = (...exceptions: readonly Exception[]) => exceptionsAsOpenVex(exceptions, { at: AT, id: 'of-today' });

  it('are a statement for each vulnerability: affected, until when it is accepted, and what is done about it', () => {
    const statement = {
      products: [
        {
          '@id': 'urn:cavendish:asset%20shop',
          subcomponents: [{ '@id': 'urn:cavendish:package:perl' }, { '@id': 'urn:cavendish:package:zlib' }],
        },
      ],
      status: 'affected',
      status_notes: `Accepted as ${FULL.id} until 2026-12-31: It is not reachable.`,
      action_statement: 'It filters.; It filters.',
      timestamp: LATER,
    };
    expect(vex(FULL)).toEqual({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://openvex.dev/docs/cavendish/of-today',
      author: 'Cavendish',
      timestamp: AT,
      version: 1,
      statements: [
        { vulnerability: { name: 'CVE-2026-1' }, ...statement },
        { vulnerability: { name: 'CVE-2026-2' }, ...statement },
      ],
    });
  });

  it('say where there is no control, no end, no decision and no package', () => {
    const bare = asked({ reason: null, expiry: null, scope: scopeOf({ digest: DIGEST }) });
    expect(vex(bare).statements).toEqual([
      {
        vulnerability: { name: 'CVE-2026-1' },
        products: [{ '@id': `pkg:oci/image@${encodeURIComponent(DIGEST)}` }],
        status: 'affected',
        status_notes: `Accepted as ${bare.id} until -: `,
        action_statement: 'No compensating control.',
      },
    ]);
  });

  it('say nothing of an exception that names packages alone', () => {
    expect(vex(asked({ scope: scopeOf({ asset: 'shop' }, ['perl'], []) })).statements).toEqual([]);
  });
});
