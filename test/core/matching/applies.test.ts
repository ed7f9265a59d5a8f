import { describe, expect, it } from '@jest/globals';

import { appliesTo } from '../../../lib/core/matching/applies.ts';

describe('appliesTo', () => {
  it.each([
    ['Debian:12', 'Debian:12', true],
    ['Debian', 'Debian:12', true],
    ['Debian:11', 'Debian:12', false],
    ['Debian:1', 'Debian:12', false],
    ['Debian:12', 'Debian', false],
    ['debian:12', 'Debian:12', false],
    ['Ubuntu:22.04:LTS', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu:22.04:LTS', 'Ubuntu:22.04', true],
    ['Ubuntu:22.04', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu:Pro:22.04:LTS', 'Ubuntu:22.04:LTS', false],
    ['Ubuntu:24.04:LTS', 'Ubuntu:22.04:LTS', false],
    ['Alpine:v3.20', 'Alpine:v3.20', true],
    ['Alpine:v3.2', 'Alpine:v3.20', false],
    ['Wolfi', 'Wolfi', true],
    ['Chainguard', 'Wolfi', false],
    ['Red Hat:enterprise_linux:9::baseos', 'Red Hat:enterprise_linux:9', true],
    ['Red Hat:enterprise_linux:9::appstream', 'Red Hat:enterprise_linux:9', true],
    ['Red Hat:enterprise_linux:8::baseos', 'Red Hat:enterprise_linux:9', false],
    ['Red Hat:rhel_eus:9.2::baseos', 'Red Hat:enterprise_linux:9', false],
    ['Red Hat:openshift:4.15::el9', 'Red Hat:enterprise_linux:9', false],
    ['SUSE:Linux Enterprise Server 15 SP6', 'SUSE:Linux Enterprise 15 SP6', true],
    ['SUSE:Linux Enterprise Server 15 SP4-LTSS', 'SUSE:Linux Enterprise 15 SP4', true],
    ['SUSE:Linux Enterprise High Performance Computing 15 SP4-ESPOS', 'SUSE:Linux Enterprise 15 SP4', true],
    ['SUSE:Linux Enterprise Module for Basesystem 15 SP6', 'SUSE:Linux Enterprise 15 SP6', true],
    ['SUSE:Linux Enterprise Module for Python 3 15 SP6', 'SUSE:Linux Enterprise 15 SP6', true],
    ['SUSE:Linux Enterprise Module for Basesystem 15 SP5', 'SUSE:Linux Enterprise 15 SP6', false],
    ['SUSE:Linux Enterprise Server 15', 'SUSE:Linux Enterprise 15', true],
    ['SUSE:Linux Enterprise Server 15', 'SUSE:Linux Enterprise 15 SP6', false],
    ['SUSE:Linux Enterprise Micro 5.5', 'SUSE:Linux Enterprise 5', false],
    ['openSUSE:Leap 15.6', 'openSUSE:Leap 15.6', true],
    ['openSUSE:Leap 15.5', 'openSUSE:Leap 15.6', false],
  ])('an advisory of %s speaks of a package of %s: %p', (advisory, ecosystem, applies) => {
    expect(appliesTo(advisory, ecosystem)).toBe(applies);
  });
});
